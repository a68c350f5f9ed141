"""What every feature of the client builds on: the API, the person's session, loading, acting, forms, words, theme.

A guide for the author of a feature
===================================

**Files.** `client/<feature>/`: `words.py`, `api.py`, `screens.py`, `routes.py`. In `client/features.py` add one line
with your `ROUTES` and `WORDS`; nothing else outside your folder changes.

**Words.** `words.py` holds `VI` and `EN`, two dicts with the same keys, each key starting with the feature's name
(`"news.title"`), and `WORDS: Words = {Language.VI: VI, Language.EN: EN}`. On screen: `t = use_text()`, then
`t("news.title")`, `t("news.minutes", n=3)`; also `t.date(d)`, `t.moment(at)`, `t.deadline(at)`, `t.ago(at)`,
`t.weekday_date(d)`, `t.working_left(minutes)`, `t.error(error)`.
Words shared by all stand in `client/core/text/vi.py` (`"action.save"`, `"action.send"`, `"action.cancel"` …).

**Routes.** `routes.py` holds `ROUTES: list[ft.Route]`, flat, whole paths without the leading slash:
`ft.Route(path="news/:slug", component=ArticleScreen)`. Read parameters by `ft.use_route_params()["slug"]`, the query by
`use_query("q")`. Go elsewhere by `services.go("/news")`.

**A screen** is a component without arguments that returns one `Screen` (client/ui/shell.py). *Never put a hook
(`use_…`) inside an `if`, a loop or after an early `return`*::

    @ft.component
    def ArticleScreen() -> ft.Control:
        \"\"\"One article.\"\"\"
        services, t = use_services(), use_text()
        slug = ft.use_route_params()["slug"]
        article = use_loaded(lambda: api.article(services.api, slug), [slug])
        return Screen(t("news.title"), [show(article, article_body, skeleton=text_skeleton)], back="/news")

**Loading.** `loaded = use_loaded(loader, deps)` waits, fails or is ready; `show(loaded, ready, skeleton=…, empty=…)`
(client/ui/states.py) draws all of it with *Thử lại*. `pages = use_pages(fetch, deps)` and `page_list(pages, row, …)`
(client/ui/lists.py) do the same for `Page[T]` with "load more". Put what the loader depends on (parameters, filters,
`services.session.key` when the answer depends on who asks) into `deps`.

**Calling.** `api.py` has one small async function per call: `await api.get("/news", Page[ArticleSummary], params={…})`,
`await api.post("/feedback", FeedbackDetail, draft, key=once.key(draft))` with `once = use_once()` (client/core/once.py:
the same body is sent with the same key, a changed one with another), `tagged = await api.get_tagged(path, DeskDetail)`,
`await api.post(path, DeskDetail, move, if_match=tagged.etag)`. It raises `ApiError` alone. Paths have no `/api/v1`.
Pictures: `services.absolute(url)`.

**Acting.** `send = use_action(work, done=…)`: `send.start(…)` in `on_click`, `send.running`, `send.error`; a second
press while it runs does nothing. Buttons: `primary_button(label, send.start,
running=send.running)` (client/ui/forms.py).

**Forms.** `form = use_form("feedback/new", {"category": "", "description": ""})` keeps what was typed in the person's
own storage (through a reload, a lost connection, a sign-in); name None keeps it in memory; list secrets in
`secret={…}`.
`text_field(form, "description", label=…)` binds a field and shows its error; `form.values`, `form.get(name)`,
`form.set(name, value)`, `form.fail(error)` (puts the API's field errors at the fields), `form.check({name: message})`,
`form.clear()` after sending. Typing does not draw the screen again; `form.set(…)` does.

**Errors.** `error_line(send.error)` near the button, or `services.tell(t.error(error), Tone.DANGER)` as a passing word.

**Who is there.** `services.session.account` (None when signed out), `services.session.may(Permission.SEE_DESK)`.
`require_account(services, t)` (client/ui/states.py) returns a friendly "sign in first" panel, or None.
`services.sign_in_first("/feedback/new")` goes to sign-in and comes back.

**In the background.** `Feature(…, watchers=[watch])`: `async def watch(services)` runs while somebody is signed in, is
cancelled at sign-out, disconnect and close. `services.set_badge("/inbox", 3)` shows a number at a destination.
`async for event in services.api.stream("/me/notifications/stream")` yields server-sent events.

**Looks.** Tokens only (client/core/theme.py): `Space`, `Radius`, `Size`, `Tone`, `tone_colours(tone)`. Text through
`heading(…)`, `title(…)`, `body(…)`, `caption(…)` (client/ui/text.py), so that easy mode and both themes work.
`services.wide` is True from 700 px on, `services.desktop` from 1100 px on.

**Parts.** `Screen` (shell), `show`, `empty`, `message_panel` (states), `card`, `section`, `page_list` (lists),
`text_field`, `choice_field`, `switch_field`, `check_field` (forms), `live_search` (search), `picture`, `before_after`
(media), `use_photos` with `photo_picker` (photos), `place_picker`, `place_map` (maps), `status_chip`, `timeline`,
`stars_field` (status). A screen's column stretches what stands in it: put a chip or a small button into a `Row`.

**Accessibility.** Make icon buttons with `icon_button` (a bare `ft.IconButton` has no name in the tree; `action=` takes
a `ft.ShareText` or `ft.CopyToClipboard`), give every tappable card a `label` (`card(…, label=…)`), make anything else
that is pressed as a whole with `one_button(…)`; status is `status_chip(icon, word, tone)`, never colour alone.
"""
