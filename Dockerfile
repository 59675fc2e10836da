# Build:  docker build -t cosell-sync .
# Run:    docker run --read-only --tmpfs /tmp -v cosell-data:/opt/cosell/data -p 8080:8080 cosell-sync
# README.md ("Docker") says how the sandbox and the operator page are reached from outside.
# Mount your own routes/ and application.properties over the ones in the image to change mappings and settings, and converters of your own to
# /opt/cosell/ext (docs/mapping.md).
FROM eclipse-temurin:17-jdk AS build
WORKDIR /build
COPY . .
RUN ./mvnw -q -B -DskipTests package \
 && mkdir -p /opt/cosell/data \
 && cp -r target/dist/. cosell routes application.properties /opt/cosell/ \
 && rm -f /opt/cosell/classes-* && /opt/cosell/cosell archive

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 cosell
COPY --from=build --chown=10001:0 /opt/cosell /opt/cosell
# Java reads the environment and the arguments in the encoding of the locale.
ENV LC_ALL=C.UTF-8
WORKDIR /opt/cosell
USER 10001
VOLUME /opt/cosell/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["./cosell", "health", "--live"]
ENTRYPOINT ["./cosell"]
CMD ["run"]
