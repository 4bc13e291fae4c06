from server.people import logins
from server.routes import Routes
from server.system import System
class Confluence(System):
    name="confluence"; prefixes=("/confluence-none/",); logins=logins(""); routes=Routes()
