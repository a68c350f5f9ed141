"""The files of boundaries: GeoJSON (RFC 7946), a FeatureCollection of polygons, read feature by feature."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from backend.core.importing import ImportReport, Unusable, why_unstorable

MAX_BYTES = 256 * 1024 * 1024
_CODE = re.compile(r"\d{3,6}")
_WGS84 = re.compile(r"CRS:?:?84|EPSG:+4326|WGS ?84", re.IGNORECASE)
_NAMES: Mapping[str, tuple[str, ...]] = {
    "code": ("ma_xa", "code", "ma", "maxa", "ward_code", "commune_code", "gso_code", "id"),
    "full": ("ten_day_du", "full_name", "tenxa_day_du", "ten_xa_day_du"),
    "name": ("ten", "name", "ten_xa", "tenxa", "ward_name", "commune_name"),
    "kind": ("loai", "kind", "type", "loai_xa", "cap"),
}
"""What others call the same property, the first that is there wins; upper and lower case are the same."""
MUCH = 0.01
"""A repair that moves more than a hundredth of the area is worth a note."""


@dataclass(frozen=True)
class BoundaryRow:
    """A good feature: the shape is valid, in two dimensions, and WKB."""

    path: Path
    number: int
    code: str
    name: str
    kind: str
    shape: bytes


class _Bad(Exception):
    """Why a feature cannot be used."""


def read(path: Path, report: ImportReport) -> list[BoundaryRow]:
    """Return the good features of a file and report the others by number; raises Unusable when there is none."""
    features = _features(path)
    rows = list(_good(features, path, report))
    if not rows:
        raise Unusable(f"{path.name}: no feature can be used")
    return rows


def _features(path: Path) -> list[Any]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or type(error).__name__}") from error
    if len(data) > MAX_BYTES:
        raise Unusable(f"{path.name}: larger than 256 MiB")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unusable(f"{path.name}: not JSON: {error}") from error
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise Unusable(f"{path.name}: not a GeoJSON FeatureCollection")
    if found.get("crs") and not _WGS84.search(json.dumps(found["crs"])):
        raise Unusable(f"{path.name}: its coordinates are not WGS84 (crs)")
    features = found.get("features")
    if not isinstance(features, list):
        raise Unusable(f"{path.name}: it has no list of features")
    return features


def _good(features: list[Any], path: Path, report: ImportReport) -> Iterator[BoundaryRow]:
    seen: dict[str, int] = {}
    for number, feature in enumerate(features, 1):
        try:
            row = _row(feature, path, number, report)
            if row.code in seen:
                raise _Bad(f"{row.code} stands already in feature {seen[row.code]}")
        except _Bad as error:
            report.skip(path, number, str(error))
            continue
        seen[row.code] = number
        yield row


def _row(feature: Any, path: Path, number: int, report: ImportReport) -> BoundaryRow:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _Bad("not a GeoJSON Feature")
    said = feature.get("properties")
    said = {str(key).lower(): value for key, value in said.items()} if isinstance(said, dict) else {}
    if (why := why_unstorable(said)) is not None:
        raise _Bad(why)
    code = _code(_first(said, "code") or feature.get("id"))
    kind, name = _text(_first(said, "kind")), _text(_first(said, "name"))
    full = _text(_first(said, "full")) or (name if name.startswith(kind) else f"{kind} {name}")
    if not name and not _text(_first(said, "full")):
        raise _Bad(f"{code} has no name")
    if len(full) > 200 or len(kind) > 60:
        raise _Bad(f"{code}: its name or kind is too long")
    shape, note = _shape(feature.get("geometry"))
    if note:
        report.notes.append(f"{path.name}:{number}: {full}: {note}")
    return BoundaryRow(path, number, code, full, kind, shape)


def _first(said: Mapping[str, Any], what: str) -> Any:
    return next((said[name] for name in _NAMES[what] if said.get(name) not in (None, "")), None)


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _code(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        # Codes of communes have five digits (Quyết định 124/2004/QĐ-TTg); a number has lost its zeros.
        value = f"{value:05d}"
    code = _text(value)
    if not _CODE.fullmatch(code):
        raise _Bad("no code of a place (ma_xa)")
    return code


def _shape(geometry: Any) -> tuple[bytes, str]:
    """Return the shape as valid WKB, and what was mended; raises _Bad, saying why."""
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise _Bad("its geometry is neither Polygon nor MultiPolygon")
    _check_coordinates(geometry.get("coordinates"))
    try:
        drawn = shapely.force_2d(shapely.from_geojson(json.dumps(geometry)))
    except (shapely.GEOSException, ValueError, TypeError) as error:
        raise _Bad(f"its geometry cannot be read: {error}") from error
    if drawn.is_empty:
        raise _Bad("its geometry is empty")
    if drawn.is_valid:
        return shapely.to_wkb(shapely.normalize(drawn)), ""
    why = shapely.is_valid_reason(drawn)
    # "structure" keeps holes as holes where rings cross; lines and points that are left over are no area.
    mended = shapely.make_valid(drawn, method="structure", keep_collapsed=False)
    areas = [part for part in shapely.get_parts(mended) if part.geom_type == "Polygon" and part.area > 0]
    if not areas:
        raise _Bad(f"its geometry encloses nothing ({why})")
    whole = shapely.union_all(areas)
    moved = abs(whole.area - drawn.area) > MUCH * whole.area
    return shapely.to_wkb(shapely.normalize(whole)), f"mended ({why}){', and its area changed' if moved else ''}"


def _check_coordinates(found: Any) -> None:
    """Raise _Bad unless these are rings of numbers that can be degrees, longitude first."""
    swapped = 0
    count = 0
    for position in _positions(found, depth=0):
        lon, lat = position
        if not (math.isfinite(lon) and math.isfinite(lat)):
            raise _Bad("a coordinate is no number")
        if abs(lon) > 180 or abs(lat) > 180:
            raise _Bad(f"a coordinate is not in degrees of WGS84: {lon:g}, {lat:g}")
        count += 1
        swapped += abs(lat) > 90
    if swapped:
        raise _Bad("latitude and longitude look swapped (GeoJSON has the longitude first)")
    if not count:
        raise _Bad("its geometry is empty")


def _positions(found: Any, depth: int) -> Iterator[tuple[float, float]]:
    if not isinstance(found, list) or depth > 3:
        raise _Bad("its coordinates are not lists of positions")
    if len(found) in {2, 3, 4} and all(isinstance(one, int | float) and not isinstance(one, bool) for one in found):
        try:
            yield float(found[0]), float(found[1])
        except OverflowError:
            raise _Bad("a coordinate is no number") from None
        return
    for one in found:
        yield from _positions(one, depth + 1)
