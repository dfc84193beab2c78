# syntax=docker/dockerfile:1.10
# The console, for a cluster that runs elsewhere: docker build -f k8s/images/client.Dockerfile -t sweeper-client:0.1.0 .
# No silo and no libtorch in it, so it needs --cluster or SWEEPER_CLUSTER.
ARG SDK=10.0.401-noble
ARG RUNTIME=10.0.12-noble-chiseled

FROM mcr.microsoft.com/dotnet/sdk:${SDK} AS build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /src
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY Contracts/Contracts.csproj Contracts/packages.lock.json Contracts/
COPY Grains/Native Grains/Native
COPY Client/Client.csproj Client/packages.lock.json Client/
COPY Client/Library/Library.csproj Client/Library/packages.lock.json Client/Library/
COPY Silo/Precompile.targets Silo/
RUN dotnet restore Client/Client.csproj -p:WithSilo=false -p:Precompile=false --locked-mode
COPY Contracts Contracts
COPY Client Client
RUN dotnet publish Client/Client.csproj -c Release -p:WithSilo=false --no-restore -o /app

FROM mcr.microsoft.com/dotnet/runtime:${RUNTIME}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="sweeper-client" \
      org.opencontainers.image.description="The console of Sweeper, a distributed hyperparameter sweeper" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="MIT"
ENV DOTNET_EnableDiagnostics=0 \
    SWEEPER_HOME=/tmp/sweeper
WORKDIR /app
COPY --from=build /app .
USER 1654:1654
ENTRYPOINT ["./sweeper"]
