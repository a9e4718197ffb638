"""A real mail server for the tests: one user, TLS as it is told, mails kept as files.

It knows no mailbox called nobody@…, and is busy the first two times for each of slow@…
"""

import argparse
import asyncio
import json
import pathlib
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("--folder", type=pathlib.Path, required=True)
parser.add_argument("--security", choices=["tls", "starttls", "none"], required=True)
parser.add_argument("--login")
parser.add_argument("--password")
parser.add_argument("--port", type=int, default=0)
options = parser.parse_args()


class Handler:
    def __init__(self):
        self.number = len(list(options.folder.glob("*.json")))
        self.asked = {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("nobody@"):
            return "550 5.1.1 No such mailbox here"
        if address.startswith("slow@"):
            self.asked[address] = self.asked.get(address, 0) + 1
            if self.asked[address] <= 2:
                return "451 4.7.1 Please try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "data": envelope.content.decode("ascii", "replace"),
            "encrypted": session.ssl is not None or options.security == "tls",
            "user": session.auth_data if isinstance(session.auth_data, str) else None,
        }
        place = options.folder / f"{self.number:06}.json"
        self.number += 1
        beside = place.with_suffix(".part")
        beside.write_text(json.dumps(mail))
        beside.rename(place)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login.decode() == options.login and data.password.decode() == options.password
    # Not handled: the server itself says so.
    return AuthResult(success=right, handled=right, auth_data=options.login if right else None)


async def main():
    context = None
    if options.security != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.folder / "server.pem", options.folder / "server.key")
    handler = Handler()
    starttls = context if options.security == "starttls" else None

    def conversation():
        return SMTP(
            handler,
            hostname="mail.example.org",
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=authenticate,
            auth_required=options.login is not None,
            auth_require_tls=starttls is not None,
        )

    around = context if options.security == "tls" else None
    server = await asyncio.get_running_loop().create_server(conversation, "127.0.0.1", options.port, ssl=around)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
