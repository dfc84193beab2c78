# syntax=docker/dockerfile:1.10
# The silo. On the CPU:   docker build -f k8s/images/silo.Dockerfile -t sweeper-silo-cpu:0.1.0 .
#           With CUDA:    docker build -f k8s/images/silo.Dockerfile --build-arg DEVICE=cuda -t sweeper-silo-cuda:0.1.0 .
# Ubuntu 24.04 has the C++ runtime that TorchSharp asks for. CUDA's libraries come with TorchSharp's package; of the machine only the
# driver is needed, which NVIDIA's container toolkit puts into the container.
ARG SDK=10.0.401-noble
ARG RUNTIME=10.0.12-noble

# What decides the packages. As long as it stays the same, so does the layer with half a gigabyte of libtorch, or three of CUDA.
FROM mcr.microsoft.com/dotnet/sdk:${SDK} AS projects
WORKDIR /src
COPY . .
RUN find . -type f -not \( -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name packages.lock.json -o -name global.json -o -path './Grains/Native/*' \) -delete

FROM mcr.microsoft.com/dotnet/sdk:${SDK} AS build
ARG DEVICE=cpu
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /src
COPY --from=projects /src .
# The lock files record the CPU's packages.
RUN dotnet restore Silo/Silo.csproj -p:Device=${DEVICE} $(test "${DEVICE}" = cpu && echo --locked-mode)
COPY . .
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
