using System.Text.RegularExpressions;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>The commands of the tutorial, as a reader types them.</summary>
public sealed partial class TutorialTests
{
    [Fact]
    public async Task Tutorial_EveryCommandInOrder_DoesWhatItSays()
    {
        await using var reader = new Sandbox();
        string page = await File.ReadAllTextAsync(Repository.PathOf("docs/tutorial.md"), TestContext.Current.CancellationToken);
        string[] commands = [.. Block().Matches(page).SelectMany(block => block.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        string spec = await File.ReadAllTextAsync(Repository.PathOf("examples/quickstart.yaml"), TestContext.Current.CancellationToken);
        reader.Write("examples/quickstart.yaml", spec.Replace("  set: fashion-mnist-10k", "  set: fashion-mnist-10k\n  train_size: 1500", StringComparison.Ordinal)); // for time

        Assert.True(commands.Length >= 12, $"the tutorial has {commands.Length} commands");
        foreach (string command in commands)
        {
            string[] parts = command.Split(" > ");
            string[] words = parts[0].Split(' ');
            Assert.Equal("sweeper", words[0]);
            Ended ended = await reader.Start(words[1..]).EndAsync(TimeSpan.FromMinutes(3));
            Assert.True(ended.ExitCode == 0, $"{command}: {ended}");
            if (parts is [_, string file])
            {
                Assert.NotEqual("", ended.Out);
                reader.Write(file, ended.Out);
            }
        }

        Assert.Equal(7, (await reader.JsonAsync("show", "quickstart")).GetProperty("trials").GetArrayLength());
        Assert.All(["quickstart.html", "best.yaml", "best.py", "trials.csv", "mine.yaml"], file => Assert.True(File.Exists(Path.Combine(reader.Root, file)), file));
        await reader.OutputAsync("validate", Path.Combine(reader.Root, "best.yaml"));
    }

    [GeneratedRegex(@"(?s)```console\n(?<lines>.*?)```")]
    private static partial Regex Block();
}
