# syntax=docker/dockerfile:1.10
# The silo. On the CPU:   docker build -f k8s/images/silo.Dockerfile -t sweeper-silo-cpu:0.1.0 .
#           With CUDA:    docker build -f k8s/images/silo.Dockerfile --build-arg DEVICE=cuda -t sweeper-silo-cuda:0.1.0 .
# Ubuntu 24.04 has the C++ runtime that TorchSharp asks for. CUDA's libraries come with TorchSharp's package; of the machine only the
# driver is needed, which NVIDIA's container toolkit puts into the container.
ARG SDK=10.0.401-noble
ARG RUNTIME=10.0.12-noble

FROM mcr.microsoft.com/dotnet/sdk:${SDK} AS build
ARG DEVICE=cpu
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /src
# What decides the packages first: as long as it stays, so does the layer with half a gigabyte of libtorch, or three of CUDA.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY Contracts/Contracts.csproj Contracts/packages.lock.json Contracts/
COPY Grains/Grains.csproj Grains/packages.lock.json Grains/
COPY Grains/Plugins/Plugins.csproj Grains/Plugins/packages.lock.json Grains/Plugins/
COPY Grains/Training/Training.csproj Grains/Training/packages.lock.json Grains/Training/
COPY Grains/Native Grains/Native
COPY Silo/Silo.csproj Silo/packages.lock.json Silo/
COPY Silo/Page/Page.targets Silo/Page/
COPY Silo/Precompile.targets Silo/
# The lock files record the CPU's packages.
RUN dotnet restore Silo/Silo.csproj -p:Precompile=false -p:Device=${DEVICE} $(test "${DEVICE}" = cpu && echo --locked-mode)
COPY Contracts Contracts
COPY Grains Grains
COPY Silo Silo
RUN dotnet publish Silo/Silo.csproj -c Release -p:Device=${DEVICE} --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:${RUNTIME}
ARG DEVICE=cpu
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="sweeper-silo-${DEVICE}" \
      org.opencontainers.image.description="A silo of Sweeper, a distributed hyperparameter sweeper" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="MIT"
ENV DOTNET_EnableDiagnostics=0 \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
WORKDIR /app
COPY --from=build /app .
USER 1654:1654
EXPOSE 11111 30000 8080
ENTRYPOINT ["./Sweeper.Silo"]
