# One image: Node, the server, the client built. Runs as an unprivileged user; data only in /data.
FROM node:20-bookworm-slim AS build
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY schemas ./schemas
COPY server ./server
COPY seed ./seed
COPY client ./client
# The client that the server would else build at its first start.
RUN node --import tsx --input-type=module -e "import { buildClientIfChanged } from '/app/server/client-build.ts'; await buildClientIfChanged(() => console.log('building the client'));"

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 XANH_DATA=/data
COPY --from=build /app /app
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--import", "tsx", "server/main.ts"]
