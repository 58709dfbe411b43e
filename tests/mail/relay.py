"""A mail server on loopback for the tests: aiosmtpd, told by its recipients what to do.

later*  is refused for now the first time, then taken;  never*  is refused for good, by name;
barred* is refused with a word that it is us who are not served, the first time;
hang*   is taken, and the first time nobody is told so.
Each mail that it took is a line of JSON; the first line says its port.
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

options = json.loads(sys.argv[1])
asked = set()


def tell(value):
    print(json.dumps(value), flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        local = address.partition("@")[0]
        if local.startswith("never"):
            return f"550 5.1.1 <{address}> is nobody here"
        if local.startswith("barred") and address not in asked:
            asked.add(address)
            return "554 5.7.1 relay access denied"
        if local.startswith("later") and address not in asked:
            asked.add(address)
            return f"451 4.7.1 <{address}> come back later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        tell(
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "data": envelope.content.decode("utf-8"),
                "tls": server.transport.get_extra_info("ssl_object") is not None,
                "user": session.authenticated,
            }
        )
        if address.startswith("hang") and address not in asked:
            asked.add(address)
            await asyncio.sleep(600)
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == options["user"].encode() and data.password == options["password"].encode()
    return AuthResult(success=right, handled=False)


async def main():
    context = None
    if "certificate" in options:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options["certificate"], options["key"])
    implicit = options.get("implicit", False)

    def session():
        settings = {"enable_SMTPUTF8": True}
        if context and not implicit:
            settings.update(tls_context=context, require_starttls=True)
        if "user" in options:
            settings.update(authenticator=authenticate, auth_required=True, auth_require_tls=not implicit)
        return SMTP(Handler(), **settings)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        session, "127.0.0.1", options.get("port", 0), ssl=context if implicit else None
    )
    tell({"port": server.sockets[0].getsockname()[1]})
    await server.serve_forever()


asyncio.run(main())
