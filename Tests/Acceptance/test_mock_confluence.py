"""J5: the mock Confluence behaves as its API v2 does."""


def page_body(title="Uploads", body="<p>Cause</p>", **more):
    return {"spaceId": "100", "status": "current", "title": title, "body": {"representation": "storage", "value": body},
            **more}


def test_confluence_creates_with_200_and_takes_both_forms_of_a_body(mock):
    answer = mock.call("POST", "/wiki/api/v2/pages", page_body())
    nested = mock.call("POST", "/wiki/api/v2/pages", page_body("Other", body="") | {"body": {"storage": {
        "representation": "storage", "value": "<p>Nested</p>"}}})
    assert (answer.status, nested.status) == (200, 200) and answer.json["version"]["number"] == 1
    place = f"/wiki/api/v2/pages/{nested.json['id']}"
    assert mock.ok("GET", place)["body"] == {}
    assert mock.ok("GET", f"{place}?body-format=storage")["body"]["storage"]["value"] == "<p>Nested</p>"


def test_confluence_needs_the_next_version(mock):
    made = mock.ok("POST", "/wiki/api/v2/pages", page_body())
    place = f"/wiki/api/v2/pages/{made['id']}"
    def update(number):
        return mock.call("PUT", place, page_body(body=f"<p>{number}</p>", id=made["id"],
                                                 version={"number": number, "message": "Casebook"}))
    assert update(2).status == 200
    stale = update(2)
    assert stale.status == 409 and stale.json["errors"][0]["code"] == "CONFLICT"
    assert "Current Version: [2]. Provided version: [2]" in stale.json["errors"][0]["title"]
    assert update(5).status == 409
    assert mock.call("PUT", place, {"id": made["id"], "status": "current", "title": "x"}).status == 400
    assert [each["number"] for each in mock.ok("GET", f"{place}/versions")["results"]] == [1, 2]


def test_confluence_titles_are_unique_in_a_space(mock):
    mock.ok("POST", "/wiki/api/v2/pages", page_body())
    answer = mock.call("POST", "/wiki/api/v2/pages", page_body())
    assert answer.status == 400 and "A page with this title already exists" in answer.json["errors"][0]["title"]
    assert mock.call("POST", "/wiki/api/v2/pages", page_body() | {"spaceId": "101"}).status == 200
    assert mock.call("POST", "/wiki/api/v2/pages", page_body("Broken", "<p>open")).status == 400


def test_confluence_pages_by_cursor(mock):
    for number in range(3):
        mock.ok("POST", "/wiki/api/v2/pages", page_body(str(number)))
    answer = mock.call("GET", "/wiki/api/v2/pages?limit=2&space-id=100")
    follow = answer.json["_links"]["next"]
    assert answer.headers["link"] == f'<{mock.url}{follow}>; rel="next"'
    rest = mock.call("GET", follow)
    assert [page["title"] for page in rest.json["results"]] == ["2"] and "next" not in rest.json["_links"]
    assert "link" not in rest.headers


def test_confluence_deletes_and_the_old_api_is_gone(mock):
    place = f"/wiki/api/v2/pages/{mock.ok('POST', '/wiki/api/v2/pages', page_body())['id']}"
    assert mock.call("DELETE", place).status == 204 and mock.call("GET", place).status == 404
    assert mock.ok("GET", f"{place}?status=trashed")["status"] == "trashed"
    assert mock.call("GET", "/wiki/rest/api/content/1").status == 410


def test_confluence_properties_have_versions(mock):
    place = f"/wiki/api/v2/pages/{mock.ok('POST', '/wiki/api/v2/pages', page_body())['id']}/properties"
    kept = mock.ok("POST", place, {"key": "casebook", "value": {"id": 7}})
    assert mock.ok("GET", f"{place}?key=casebook")["results"][0]["value"] == {"id": 7}
    change = {"key": "casebook", "value": {"id": 8}, "version": {"number": 2}}
    assert mock.ok("PUT", f"{place}/{kept['id']}", change)["value"] == {"id": 8}
    assert mock.call("PUT", f"{place}/{kept['id']}", change).status == 409
