# One process, without root, CPU only; the index is built with the image, so a container answers at once.
FROM python:3.11-slim AS build
WORKDIR /src
# The CPU build comes from PyTorch's own index, which `--build-arg TORCH_INDEX=…` names; without it pip takes the usual build.
ARG TORCH_INDEX=""
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} torch==2.13.0
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY corpus corpus
COPY index index
RUN /venv/bin/pip install --no-cache-dir .
ENV PRESSCHECK_INDEX=/data/index PRESSCHECK_CACHE=/data/encoders
RUN /venv/bin/presscheck index build

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 presscheck
COPY --from=build /venv /venv
COPY --from=build --chown=presscheck:presscheck /data /data
ENV PATH=/venv/bin:$PATH PRESSCHECK_INDEX=/data/index PRESSCHECK_CACHE=/data/encoders PYTHONUNBUFFERED=1 \
    PRESSCHECK_HEALTH_PORT=9090
USER presscheck
WORKDIR /home/presscheck
# Only where Telegram calls the bot (TELEGRAM_WEBHOOK_URL); it asks Telegram otherwise.
EXPOSE 8443
# The token comes with `docker run -e TELEGRAM_BOT_TOKEN`; it is in no layer.
# Asks the bot itself: it fails when the bot hangs, or has not reached Telegram for a minute and a half.
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s CMD ["python", "-c", "\
import os, urllib.request as web; \
at = os.environ.get('PRESSCHECK_HEALTH_ADDRESS', '127.0.0.1'); \
at = f'[{at}]' if ':' in at else at; \
web.urlopen(f'http://{at}:' + os.environ['PRESSCHECK_HEALTH_PORT'] + '/healthz', timeout=10)"]
CMD ["presscheck", "telegram"]
