using Sweeper.Silo;
using Xunit;

namespace Sweeper.Tests.Cluster.Clustering;

public sealed class SharingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sweeper-quotas-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_FileThatIsTooLargeOrTooDeep_IsRefused()
    {
        Assert.Contains("larger than 1024 KiB", Refused("{}" + new string(' ', 1 << 20)), StringComparison.Ordinal);
        Assert.Contains("/dev/zero cannot be used: it is larger", Assert.Throws<SiloStartException>(() => SharingFile.Read("/dev/zero")).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be used", Refused($"{{\"users\": {string.Concat(Enumerable.Repeat("{\"a\": ", 50))}1{new string('}', 51)}"), StringComparison.Ordinal);
        Assert.Contains("could not be mapped", Refused("{\"usrs\": {}}"), StringComparison.Ordinal);
        Assert.Equal(4, SharingFile.Read(Write("{\"default\": {\"jobs\": 4}}")).Default?.Jobs);
    }

    private string Refused(string text) => Assert.Throws<SiloStartException>(() => SharingFile.Read(Write(text))).Message;

    private string Write(string text)
    {
        string path = Path.Combine(_folder, "quotas.json");
        File.WriteAllText(path, text);
        return path;
    }
}
