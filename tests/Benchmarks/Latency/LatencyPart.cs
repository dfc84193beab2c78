using System.Globalization;
using Sweeper.Tests.Benchmarks.Gaps;
using Sweeper.Tests.Benchmarks.Running;

namespace Sweeper.Tests.Benchmarks.Latency;

/// <summary>What a person waits for: from the command to the first step, with nothing running and with a silo that is there; a list.</summary>
internal sealed class LatencyPart : IPart
{
    private const int Steps = 20;
    private const int Lists = 10;

    /// <inheritdoc />
    public string Name => "latency";

    /// <inheritdoc />
    public string Words => "[RUNS]  from `run` and `submit` to the first step, cold and warm; `list`; 5 runs";

    /// <inheritdoc />
    public async Task<IReadOnlyList<Figure>> RunAsync(string[] arguments)
    {
        int runs = arguments is [string asked] ? int.Parse(asked, CultureInfo.InvariantCulture) : 5;
        List<double> cold = [];
        List<double> warm = [];
        List<double> lists = [];
        List<double> plain = [];
        for (int run = 0; run < runs; run++)
        {
            var product = new Product(Directory.CreateTempSubdirectory("sweeper-latency-").FullName);
            try
            {
                DateTimeOffset first = TimeProvider.System.GetUtcNow();
                await product.RunAsync("run", product.Write("cold.yaml", GapsPart.Spec("cold", Steps, 1)), "--keep", "--slots", "1", "--threads", "1");
                DateTimeOffset second = TimeProvider.System.GetUtcNow();
                await product.RunAsync("run", product.Write("warm.yaml", GapsPart.Spec("warm", Steps, 1)));
                for (int list = 0; run == 0 && list < Lists; list++)
                {
                    lists.Add(await product.RunAsync("list"));
                    plain.Add(await product.RunAsync("list", "--help"));
                }

                await product.EndSiloAsync();
                SlotTimes times = (await product.MeasuredAsync(1))[0];
                cold.Add((times.FirstSteps[0] - first).TotalSeconds);
                warm.Add((times.FirstSteps.First(at => at >= second) - second).TotalSeconds);
            }
            finally
            {
                await product.EndSiloAsync();
                Directory.Delete(product.Folder, recursive: true);
            }
        }

        return
        [
            new Figure("run to first step, nothing running", "s", Better.Lower, [.. cold]),
            new Figure("run to first step, silo there", "s", Better.Lower, [.. warm]),
            new Figure("list, silo there", "s", Better.Lower, [.. lists]),
            new Figure("list --help: the program alone", "s", Better.Lower, [.. plain]),
        ];
    }
}
