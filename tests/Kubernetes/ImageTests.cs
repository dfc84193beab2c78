using System.Text.RegularExpressions;
using k8s.Models;
using Xunit;

namespace Sweeper.Tests.Kubernetes;

/// <summary>Dockerfiles, as far as they can be checked without an engine.</summary>
public sealed partial class ImageTests
{
    public static TheoryData<string> Dockerfiles => ["silo.Dockerfile", "client.Dockerfile"];

    [Fact]
    public void Dockerfiles_OfTheFolder_AreAllTested() => Assert.Equal(
        Dockerfiles.Select(row => row.Data).Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Repository.Manifests, "images")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    /// <summary>Project files, what they import, and lock files: there before the restore, and in the context.</summary>
    [Theory]
    [InlineData("silo.Dockerfile", "Silo", "Silo/Silo.csproj")]
    [InlineData("client.Dockerfile", "Client", "Client/Client.csproj")]
    public void Dockerfile_Restore_HasEveryFileThatItReads(string file, string folder, string project)
    {
        string text = Repository.Read("k8s", "images", file);
        string keeps = Keeps().Match(text).Groups["patterns"].Value;
        string[] patterns = [.. Pattern().Matches(keeps).Select(match => match.Groups["pattern"].Value)];
        string[] context = [.. File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..].Replace("/**", "", StringComparison.Ordinal))];
        string[] read = [.. Closure(folder, project).Distinct(), "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "Grains/Native/Sweeper.LibTorchSharp.targets", "Grains/Native/LibTorchSharpCure.cs"];

        Assert.Contains($"dotnet restore {project} ", text, StringComparison.Ordinal);
        Assert.True(read.Length > 9, string.Join(' ', read));
        Assert.All(read, path => Assert.True(File.Exists(Path.Combine(Repository.Root, path)), path));
        Assert.All(read, path => Assert.Contains(path.Split('/')[0], context));
        Assert.All(read, path => Assert.Contains(patterns, pattern => Matches(pattern, path)));
    }

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void Dockerfile_OfAnImage_RestoresBeforeTheSourcesPinsItsBasesAndIsNotRoot(string file)
    {
        string text = Repository.Read("k8s", "images", file);

        Assert.True(text.LastIndexOf("\nCOPY . .\n", StringComparison.Ordinal) > text.IndexOf("\nRUN dotnet restore", StringComparison.Ordinal), "the sources come before the restore");
        Assert.True(text.IndexOf("\nRUN dotnet publish", StringComparison.Ordinal) > text.LastIndexOf("\nCOPY . .\n", StringComparison.Ordinal));
        Assert.Equal(2, BaseTag().Count(text));
        Assert.All(BaseTag().Matches(text).Select(match => match.Groups["tag"].Value), tag => Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+-noble", tag));
        Assert.Contains("\nUSER 1654:1654\n", text, StringComparison.Ordinal);
        Assert.All(
            ["version", "revision", "title", "description", "licenses"],
            label => Assert.Contains($"org.opencontainers.image.{label}=", text, StringComparison.Ordinal));
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

    // The client's image leaves the silo out, as the Dockerfile asks.
    private static IEnumerable<string> Closure(string folder, string project)
    {
        yield return project;
        yield return $"{folder}/packages.lock.json";
        string text = Repository.Read(project.Split('/'));
        foreach (Match import in Import().Matches(text))
        {
            yield return $"{folder}/{import.Groups["path"].Value}";
        }

        foreach (Match reference in Reference().Matches(text).Where(match => !match.Value.Contains("WithSilo", StringComparison.Ordinal)))
        {
            foreach (string file in Closure(reference.Groups["folder"].Value, $"{reference.Groups["folder"].Value}/{reference.Groups["name"].Value}.csproj"))
            {
                yield return file;
            }
        }
    }

    private static bool Matches(string pattern, string path)
    {
        string name = pattern.StartsWith("./", StringComparison.Ordinal) ? "./" + path : path.Split('/')[^1];
        return Regex.IsMatch(name, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$");
    }

    [GeneratedRegex(@"find \. -type f -not \\\((?<patterns>[^)]+)\\\) -delete")]
    private static partial Regex Keeps();

    [GeneratedRegex("-(name|path) '?(?<pattern>[^' ]+)")]
    private static partial Regex Pattern();

    [GeneratedRegex("<Import Project=\"(?<path>[^\"$]+)\"")]
    private static partial Regex Import();

    [GeneratedRegex("<ProjectReference Include=\"\\.\\./(?<folder>\\w+)/(?<name>\\w+)\\.csproj\"[^>]*>")]
    private static partial Regex Reference();

    [GeneratedRegex("^ARG (SDK|RUNTIME)=(?<tag>.+)$", RegexOptions.Multiline)]
    private static partial Regex BaseTag();

    [GeneratedRegex(@"-t (?<image>sweeper-[a-z-]+:[0-9.]+)")]
    private static partial Regex Built();
}
