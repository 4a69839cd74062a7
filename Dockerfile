FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
# The home keeps uploads until a worker has read them; the application itself cannot be written to.
RUN install --directory --owner=node --group=node /var/lib/qonys
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/data ./data
COPY --from=build /app/web ./web
COPY --from=build /app/bin ./bin
COPY --from=build /app/scripts/health.mjs ./scripts/health.mjs
USER node
ENV QONYS_HOME=/var/lib/qonys
VOLUME /var/lib/qonys
EXPOSE 3000
CMD ["node", "dist/src/main-api.js"]
