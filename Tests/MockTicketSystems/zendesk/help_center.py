"""/api/v2/help_center: articles and their translations."""

from server.clock import iso
from server.messages import Refused, Reply, Request, reply_json
from server.routes import Routes
from zendesk.paging import page
from zendesk.safe_html import sanitized

routes = Routes()
CATEGORY, SECTION, PERMISSION_GROUP, LOCALE = 800, 900, 1, "en-us"
SETTINGS = ("promoted", "position", "comments_disabled", "user_segment_id", "permission_group_id", "section_id",
            "label_names")


class Translation:
    def __init__(self, id: int, title: str, body: str, draft: bool, author: int, created: int) -> None:
        self.id, self.title, self.body, self.draft, self.author = id, title, body, draft, author
        self.created = self.updated = created


class Article:
    """`settings` holds what the article itself has; texts are in `translations` by locale. `version` counts changes of texts."""

    def __init__(self, id: int, locale: str, author: int, created: int, settings: dict) -> None:
        self.id, self.locale, self.author, self.settings = id, locale, author, settings
        self.created = self.updated = self.edited = created
        self.translations: dict[str, Translation] = {}
        self.version = 1
        self.is_archived = False


def article_shown(article: Article, base: str, locale: str | None = None) -> dict:
    locale = locale if locale in article.translations else article.locale
    text = article.translations[locale]
    return {
        "id": article.id, "url": f"{base}/api/v2/help_center/{locale}/articles/{article.id}.json",
        "html_url": f"{base}/hc/{locale}/articles/{article.id}", "author_id": article.author,
        "comments_disabled": False,
        "draft": text.draft, "promoted": False, "position": 0, "vote_sum": 0, "vote_count": 0, "section_id": SECTION,
        "created_at": iso(article.created), "updated_at": iso(article.updated), "edited_at": iso(article.edited),
        "name": text.title, "title": text.title, "body": text.body, "source_locale": article.locale, "locale": locale,
        "outdated": False, "outdated_locales": [], "user_segment_id": None, "permission_group_id": PERMISSION_GROUP,
        "content_tag_ids": [], "label_names": [], **article.settings,
    }


def translation_shown(article: Article, locale: str, base: str) -> dict:
    text = article.translations[locale]
    return {
        "id": text.id, "url": f"{base}/api/v2/help_center/articles/{article.id}/translations/{locale}.json",
        "html_url": f"{base}/hc/{locale}/articles/{article.id}", "source_id": article.id, "source_type": "Article",
        "locale": locale, "title": text.title, "body": text.body, "outdated": False, "draft": text.draft,
        "hidden": False,
        "created_at": iso(text.created), "updated_at": iso(text.updated), "created_by_id": text.author,
        "updated_by_id": text.author,
    }


def find(desk, id: str) -> Article:
    article = desk.articles.get(int(id)) if id.isdigit() else None
    if article is None or article.is_archived:
        raise desk.refuse(404, "Not found")
    return article


def blank(field: str) -> Refused:
    return Refused(reply_json(422, {"error": "RecordInvalid", "description": "Record validation errors",
                                    "details": {field: [{"description": f"{field} can't be blank",
                                                         "error": "BlankValue"}]}}))


def sections(base: str, started: str) -> list[dict]:
    return [{"id": SECTION, "url": f"{base}/api/v2/help_center/{LOCALE}/sections/{SECTION}.json",
             "category_id": CATEGORY,
             "html_url": f"{base}/hc/{LOCALE}/sections/{SECTION}", "name": "Known issues", "description": "",
             "position": 0,
             "sorting": "manual", "created_at": started, "updated_at": started, "locale": LOCALE,
             "source_locale": LOCALE,
             "outdated": False, "parent_section_id": None, "theme_template": "section_page"}]


@routes.on("GET", "help_center/sections", "help_center/{locale}/sections")
def list_sections(desk, request: Request, locale: str = LOCALE) -> Reply:
    return reply_json(200, page(request, "sections", sections(request.base, desk.started_iso), lambda section: section,
                                lambda section: section["id"]))


@routes.on("GET", "help_center/categories", "help_center/{locale}/categories")
def list_categories(desk, request: Request, locale: str = LOCALE) -> Reply:
    category = {"id": CATEGORY, "name": "General", "locale": LOCALE, "source_locale": LOCALE, "outdated": False,
                "position": 0,
                "url": f"{request.base}/api/v2/help_center/{LOCALE}/categories/{CATEGORY}.json", "description": "",
                "html_url": f"{request.base}/hc/{LOCALE}/categories/{CATEGORY}", "created_at": desk.started_iso,
                "updated_at": desk.started_iso}
    return reply_json(200, page(request, "categories", [category], lambda each: each, lambda each: each["id"]))


@routes.on("GET", "help_center/articles", "help_center/{locale}/articles")
def list_articles(desk, request: Request, locale: str | None = None) -> Reply:
    found = [article for article in desk.articles.values() if not article.is_archived]
    if labels := set(request.values("label_names")):
        found = [article for article in found if labels & set(article.settings.get("label_names", ()))]
    return reply_json(200, page(request, "articles", found,
                                lambda article: article_shown(article, request.base, locale),
                                lambda article: article.id))


@routes.on("GET", "help_center/sections/{section}/articles")
def list_section_articles(desk, request: Request, section: str) -> Reply:
    found = [article for article in desk.articles.values()
             if not article.is_archived and str(article.settings.get("section_id", SECTION)) == section]
    return reply_json(200, page(request, "articles", found, lambda article: article_shown(article, request.base),
                                lambda article: article.id))


@routes.on("GET", "help_center/{locale}/sections/{section}/articles")
def list_locale_section_articles(desk, request: Request, locale: str, section: str) -> Reply:
    return list_section_articles(desk, request, section)


@routes.on("GET", "help_center/incremental/articles")
def incremental_articles(desk, request: Request) -> Reply:
    start = request.number("start_time", 0)
    found = sorted((article for article in desk.articles.values() if article.updated >= start),
                   key=lambda each: each.updated)
    size = request.number("per_page", 1000, 1, 1000)
    end = found[:size][-1].updated if found else start
    next_page = f"{request.base}{request.raw_path}?start_time={end}" if len(found) > size else None
    return reply_json(200, {"articles": [article_shown(article, request.base) for article in found[:size]],
                            "count": len(found), "end_time": end, "next_page": next_page})


@routes.on("POST", "help_center/{locale}/sections/{section}/articles")
def create_locale_article(desk, request: Request, locale: str, section: str) -> Reply:
    return create(desk, request, section, locale)


@routes.on("POST", "help_center/sections/{section}/articles")
def create_article(desk, request: Request, section: str) -> Reply:
    return create(desk, request, section, LOCALE)


def create(desk, request: Request, section: str, locale: str) -> Reply:
    given = desk.object(request, "article")
    if section != str(SECTION):
        raise desk.refuse(404, "Not found")
    if not (isinstance(given.get("title"), str) and given["title"].strip()):
        raise blank("title")
    if given.get("permission_group_id") != PERMISSION_GROUP:
        raise blank("permission_group_id")
    now, locale = desk.clock.seconds(), str(given.get("locale", locale)).lower()
    settings = {name: given[name] for name in SETTINGS if name in given} | {"section_id": SECTION}
    article = Article(desk.next_id(), locale, request.user.number, now, settings)
    article.translations[locale] = Translation(desk.next_id(), given["title"], sanitized(str(given.get("body") or "")),
                                               given.get("draft") is True, request.user.number, now)
    desk.articles[article.id] = article
    desk.wrote(request, str(article.id), "article", {"title": given["title"], "draft": given.get("draft") is True})
    return reply_json(201, {"article": article_shown(article, request.base)})


@routes.on("GET", "help_center/articles/{id}")
def show_article(desk, request: Request, id: str) -> Reply:
    return reply_json(200, {"article": article_shown(find(desk, id), request.base)})


@routes.on("GET", "help_center/{locale}/articles/{id}")
def show_locale_article(desk, request: Request, locale: str, id: str) -> Reply:
    return reply_json(200, {"article": article_shown(find(desk, id), request.base, locale)})


@routes.on("PUT", "help_center/articles/{id}")
def update_article(desk, request: Request, id: str) -> Reply:
    """Settings alone: title, body and draft belong to the translation and are passed over without a word."""
    article, given = find(desk, id), desk.object(request, "article")
    article.settings |= {name: given[name] for name in SETTINGS if name in given}
    article.updated = desk.clock.seconds()
    desk.wrote(request, id, "article settings", {name: given[name] for name in SETTINGS if name in given})
    return reply_json(200, {"article": article_shown(article, request.base)})


@routes.on("PUT", "help_center/{locale}/articles/{id}")
def update_locale_article(desk, request: Request, locale: str, id: str) -> Reply:
    return update_article(desk, request, id)


@routes.on("DELETE", "help_center/articles/{id}")
def archive_article(desk, request: Request, id: str) -> Reply:
    find(desk, id).is_archived = True
    desk.wrote(request, id, "delete")
    return Reply(204)


@routes.on("DELETE", "help_center/{locale}/articles/{id}")
def archive_locale_article(desk, request: Request, locale: str, id: str) -> Reply:
    return archive_article(desk, request, id)


@routes.on("GET", "help_center/articles/{id}/translations")
def list_translations(desk, request: Request, id: str) -> Reply:
    article = find(desk, id)
    return reply_json(200, page(request, "translations", list(article.translations), lambda locale: translation_shown(
        article, locale, request.base), lambda locale: article.translations[locale].id))


@routes.on("POST", "help_center/articles/{id}/translations")
def create_translation(desk, request: Request, id: str) -> Reply:
    article, given = find(desk, id), desk.object(request, "translation")
    locale = str(given.get("locale", "")).lower()
    if not locale or locale in article.translations:
        raise blank("locale")
    now = desk.clock.seconds()
    article.translations[locale] = Translation(
        desk.next_id(), str(given.get("title", "")), sanitized(str(given.get("body") or "")),
        given.get("draft") is True,
        request.user.number, now)
    article.updated = now
    desk.wrote(request, id, "article", {"locale": locale})
    return reply_json(201, {"translation": translation_shown(article, locale, request.base)})


@routes.on("GET", "help_center/articles/{id}/translations/{locale}")
def show_translation(desk, request: Request, id: str, locale: str) -> Reply:
    article = find(desk, id)
    return reply_json(200, {"translation": translation_shown(article, known(desk, article, locale), request.base)})


@routes.on("PUT", "help_center/articles/{id}/translations/{locale}")
def update_translation(desk, request: Request, id: str, locale: str) -> Reply:
    """Goes straight to the published text: an article that is published has no draft beside it."""
    article, given = find(desk, id), desk.object(request, "translation")
    locale = known(desk, article, locale)
    text = article.translations[locale]
    if isinstance(given.get("title"), str):
        text.title = given["title"]
    if isinstance(given.get("body"), str):
        text.body = sanitized(given["body"])
    if isinstance(given.get("draft"), bool):
        text.draft = given["draft"]
    text.author = request.user.number
    text.updated = article.updated = article.edited = desk.clock.seconds()
    article.version += 1
    desk.wrote(request, id, "article", {name: given[name] for name in ("title", "body", "draft") if name in given})
    return reply_json(200, {"translation": translation_shown(article, locale, request.base)})


def known(desk, article: Article, locale: str) -> str:
    if locale.lower() not in article.translations:
        raise desk.refuse(404, "Not found")
    return locale.lower()


@routes.on("GET", "help_center/articles/search")
def search_articles(desk, request: Request) -> Reply:
    words = request.query.get("query", "").lower().split()
    found = [article for article in desk.articles.values() if not article.is_archived and any(
        not text.draft and all(word in f"{text.title} {text.body}".lower() for word in words)
        for text in article.translations.values())]
    return reply_json(200, page(request, "results", found, lambda article: {
        **article_shown(article, request.base), "result_type": "article"}, lambda article: article.id))


@routes.on("GET", "guide/permission_groups")
def list_permission_groups(desk, request: Request) -> Reply:
    return reply_json(200, {"permission_groups": [{
        "id": PERMISSION_GROUP, "name": "Agents and admins", "edit": [], "publish": [], "built_in": True,
        "created_at": desk.started_iso, "updated_at": desk.started_iso}], "count": 1, "next_page": None,
                            "previous_page": None})
