using System.ComponentModel;
using System.Diagnostics;
using Sweeper.Tests.Unit.Specs;
using Sweeper.Tests.Unit.Training;
using Sweeper.Training.Data;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Docs;

/// <summary>The Python that pages show, run with what it needs beside it.</summary>
public sealed class PagePythonTests : IDisposable
{
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweeper-page-");

    public static TheoryData<string> Pages => [.. Snippets.All.Where(block => block.Language == "python").Select(block => block.Page)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Python_OnAPage_DoesWhatThePageSays(string page)
    {
        string code = string.Concat(Snippets.All.Where(block => block.Page == page && block.Language == "python").Select(block => block.Text));
        switch (page)
        {
            case "docs/data.md":
                await RunAsync("numpy", "x = numpy.arange(12 * 6 * 6).reshape(12, 6, 6).astype('uint8'); y = numpy.arange(12) % 3; x2, y2 = x[:4], y[:4]", code);
                using (ImageData data = DataCatalog.Load(
                    new DataOptions { Set = "arrays", Path = In("images.npz") }, Training.Data.SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken))
                {
                    Assert.Equal((12, 4, 3), (data.TrainCount, data.TestCount, data.Classes.Count));
                }

                break;
            case "docs/use-the-winner.md":
                using (ImageData data = EngineFixtures.Tiny())
                {
                    TrainingResult result = new Trainer(TimeProvider.System).Run(EngineFixtures.Job(epochs: 1) with { SavedModel = In("model.safetensors") }, data, null, CancellationToken.None);
                    Assert.Equal(result.FinalWeightsHash, await RunAsync("hashlib", "", code));
                }

                break;
            case "docs/torchscript.md":
                Directory.CreateDirectory(In("winner"));
                File.Copy(Repository.PathOf("tests/EndToEnd/OwnModels/Scripts/tiny.pt"), In("winner/model.pt"));
                Assert.Equal("True", await RunAsync("torch", "", code + "print(len(list(model.parameters())) > 0)"));
                break;
            default:
                Assert.Fail($"{page} has Python that nothing runs: write a case for it here.");
                break;
        }
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private async Task<string> RunAsync(string module, string before, string code)
    {
        string? python = null;
        foreach (string one in Pythons)
        {
            python ??= await StartAsync(one, $"import {module}") is (0, _, _) ? one : null;
        }

        Assert.SkipUnless(python is not null, $"No python3 here has {module} (Debian: python3-{module}): what the page shows was NOT run.");
        (int exit, string output, string error) = await StartAsync(python, $"import {module}\n{before}\n{code}");
        Assert.True(exit == 0, error);
        return output.Trim();
    }

    private async Task<(int Exit, string Out, string Error)> StartAsync(string python, string code)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", code])
            {
                WorkingDirectory = _folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!; // a program is started
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output, await error);
        }
        catch (Win32Exception)
        {
            return (-1, "", "there is no such program");
        }
    }
}
