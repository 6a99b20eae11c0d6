#!/usr/bin/env python3
"""A metadata service as EC2's: tokens first (IMDSv2), tags when they are there, a Date on each answer.

fake-metadata.py DIRECTORY [HOST PORT]: what it answers stands in files of DIRECTORY, read at each request: `tag` (absent:
404), `skew` (seconds its Date is ahead), `no-date`, `status` (what every tag request answers), `hang` (it never answers).
Writes the port it got to DIRECTORY/port.
"""
import email.utils
import http.server
import pathlib
import sys
import time

here = pathlib.Path(sys.argv[1])
host, port = (sys.argv[2], int(sys.argv[3])) if len(sys.argv) > 2 else ("127.0.0.1", 0)
TOKEN = "AQAEfaketokenfaketokenfaketoken=="


class Metadata(http.server.BaseHTTPRequestHandler):
    def do_PUT(self):
        ttl = self.headers.get("X-aws-ec2-metadata-token-ttl-seconds", "")
        if self.path != "/latest/api/token" or not ttl.isdigit() or not 1 <= int(ttl) <= 21600:
            return self.answer(400, "")
        self.answer(200, TOKEN)

    def do_GET(self):
        if self.headers.get("X-aws-ec2-metadata-token") != TOKEN:
            return self.answer(401, "Unauthorized")
        tag = here / "tag"
        if (here / "status").exists():
            return self.answer(int((here / "status").read_text()), "no")
        if self.path != "/latest/meta-data/tags/instance/ExpiresAt" or not tag.exists():
            return self.answer(404, "<?xml version='1.0'?>\n<html>Not Found</html>\n")
        self.answer(200, tag.read_text())

    def answer(self, status, body):
        if (here / "hang").exists():
            time.sleep(60)
        self.send_response_only(status)
        skew = here / "skew"
        now = time.time() + (int(skew.read_text()) if skew.exists() else 0)
        if not (here / "no-date").exists():
            self.send_header("Date", email.utils.formatdate(now, usegmt=True))
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer((host, port), Metadata)
server.daemon_threads = True
(here / "port.new").write_text(str(server.server_address[1]))
(here / "port.new").rename(here / "port")
server.serve_forever()
