"""The official Python client, changed in nothing but its base URL. Prints one JSON line for the test to read."""

import json
import sys

from openai import BadRequestError, OpenAI, UnprocessableEntityError

client = OpenAI(base_url=sys.argv[1], api_key="unused")
ask = {"model": "auto", "max_tokens": 12, "messages": [{"role": "user", "content": "Say hello."}]}

raw = client.chat.completions.with_raw_response.create(**ask)
whole = raw.parse()

pieces, usage = [], None
for chunk in client.chat.completions.create(**ask, stream=True, stream_options={"include_usage": True}):
    usage = chunk.usage or usage
    pieces += [choice.delta.content or "" for choice in chunk.choices]

try:
    client.chat.completions.create(
        model="cloud", messages=[{"role": "user", "content": "我的身份证号码是11010519491231002X"}]
    )
    refused = None
except UnprocessableEntityError as error:
    refused = error.code

try:
    client.chat.completions.create(model="auto", messages=[])
    bad = None
except BadRequestError as error:
    bad = error.code

print(
    json.dumps(
        {
            "whole": whole.choices[0].message.content,
            "whole_tokens": whole.usage.completion_tokens,
            "tier": raw.headers["x-fogline-tier"],
            "streamed": "".join(pieces),
            "streamed_tokens": usage.completion_tokens,
            "models": [model.id for model in client.models.list()],
            "model": client.models.retrieve("edge").id,
            "refused": refused,
            "bad": bad,
        }
    )
)
