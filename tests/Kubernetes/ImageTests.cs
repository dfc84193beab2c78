using System.Text.RegularExpressions;
using k8s.Models;
using Xunit;

namespace Sweeper.Tests.Kubernetes;

/// <summary>Dockerfiles, as far as they can be checked without an engine.</summary>
public sealed partial class ImageTests
{
    public static TheoryData<string> Dockerfiles => [.. Directory.GetFiles(Path.Combine(Repository.Manifests, "images"), "*.Dockerfile").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void Dockerfile_WhatItCopies_IsThereAndNotIgnored(string file)
    {
        string[] sources = [.. Copy().Matches(Repository.Read("k8s", "images", file)).SelectMany(match => match.Groups["paths"].Value.Split(' ')[..^1])];
        string[] kept = [.. File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..].Replace("/**", "", StringComparison.Ordinal))];

        Assert.NotEmpty(sources);
        Assert.All(sources, path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
        Assert.All(sources, path => Assert.Contains(path.Split('/')[0], kept));
    }

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void Dockerfile_OfAnImage_RestoresBeforeItCopiesTheSourcesPinsItsBasesAndIsNotRoot(string file)
    {
        string text = Repository.Read("k8s", "images", file);
        string[] projects = [.. Project().Matches(text).Select(match => match.Groups["name"].Value).Distinct()];

        Assert.NotEmpty(projects);
        Assert.All(projects, project =>
        {
            int sources = text.IndexOf($"COPY {project} {project}\n", StringComparison.Ordinal);
            Assert.True(sources > text.IndexOf("dotnet restore", StringComparison.Ordinal), $"the sources of {project} before the restore");
        });
        Assert.All(BaseTag().Matches(text).Select(match => match.Groups["tag"].Value), tag => Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+-noble", tag));
        Assert.Equal(2, BaseTag().Count(text));
        Assert.Contains("\nUSER 1654:1654\n", text, StringComparison.Ordinal);
        Assert.Contains("org.opencontainers.image.licenses=\"MIT\"", text, StringComparison.Ordinal);
        Assert.All(
            ["version", "revision", "title", "description"],
            label => Assert.Contains($"org.opencontainers.image.{label}=", text, StringComparison.Ordinal));
    }

    /// <summary>A project that a Dockerfile restores needs the project files of everything that it references.</summary>
    [Theory]
    [InlineData("silo.Dockerfile", "Silo")]
    [InlineData("client.Dockerfile", "Client")]
    public void Dockerfile_ProjectsThatAreReferenced_AreCopied(string file, string project)
    {
        string text = Repository.Read("k8s", "images", file);
        string[] referenced = [.. Reference().Matches(Repository.Read(project, $"{project}.csproj"))
            .Where(match => !match.Value.Contains("WithSilo", StringComparison.Ordinal)).Select(match => match.Groups["name"].Value)];

        Assert.NotEmpty(referenced);
        Assert.All(referenced, name => Assert.Contains($"COPY {name}/{name}.csproj {name}/packages.lock.json {name}/\n", text, StringComparison.Ordinal));
    }

    /// <summary>What a project file imports is read with it.</summary>
    [Theory]
    [InlineData("silo.Dockerfile", "Silo")]
    [InlineData("client.Dockerfile", "Client")]
    public void Dockerfile_FilesThatAProjectImports_AreCopiedBeforeTheRestore(string file, string project)
    {
        string[] before = Repository.Read("k8s", "images", file).Split("dotnet restore")[0].Split('\n');
        string[] imported = [.. Imported().Matches(Repository.Read(project, $"{project}.csproj"))
            .Select(match => Path.GetRelativePath(Repository.Root, Path.GetFullPath(match.Groups["path"].Value, Path.Combine(Repository.Root, project))))];

        Assert.NotEmpty(imported);
        Assert.All(imported, path => Assert.Contains($"COPY {path} {Path.GetDirectoryName(path)}/", before));
    }

    [Fact]
    public void Images_OfThePods_AreThoseThatTheDocumentBuilds()
    {
        string[] built = [.. Built().Matches(Repository.Read("docs", "kubernetes.md")).Select(match => match.Groups["image"].Value)];

        Assert.All(
            Manifests.Overlays.Append("examples/submit").SelectMany(folder => Manifests.Of(folder).Pods).SelectMany(pod => pod.Spec.Containers)
                .Select(container => container.Image).Where(image => image.StartsWith("sweeper-", StringComparison.Ordinal)),
            image => Assert.Contains(image, built));
    }

    [GeneratedRegex("^COPY (?!--)(?<paths>.+)$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"^COPY (?<name>\w+)/\w+\.csproj ", RegexOptions.Multiline)]
    private static partial Regex Project();

    [GeneratedRegex("^ARG (SDK|RUNTIME)=(?<tag>.+)$", RegexOptions.Multiline)]
    private static partial Regex BaseTag();

    [GeneratedRegex("<Import Project=\"(?<path>[^\"]+)\"")]
    private static partial Regex Imported();

    [GeneratedRegex("<ProjectReference Include=\"../(?<name>\\w+)/[^>]*>")]
    private static partial Regex Reference();

    [GeneratedRegex(@"-t (?<image>sweeper-[a-z-]+:[0-9.]+)")]
    private static partial Regex Built();
}
