"""Whether the web server in this container answers, under a name it accepts."""

import http.client
import os
import sys

connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
connection.request("GET", "/healthz", headers={"Host": host})
sys.exit(connection.getresponse().status != 200)
