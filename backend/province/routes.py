"""The URL of the installation's public settings."""

from backend.core.access import Anyone, router
from backend.core.cache import public
from backend.core.deps import SettingsDep
from shared.province import Province

routes = router("/province", "province")


@routes.get("", dependencies=[public("province", max_age=60)])
async def province(_: Anyone, settings: SettingsDep) -> Province:
    """Return the name, centre and map of this installation."""
    return settings.as_province()
