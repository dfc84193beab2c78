using Sweeper.Plugins;
namespace Example;

/// <summary>Cohen's kappa: how far the answers agree with the truth beyond what chance alone would give.</summary>
[Metric("kappa")]
public sealed class Kappa : IMetric
{
    public double Of(Answers answers)
    {
        int classes = answers.Classes.Count;
        double[] named = new double[classes], there = new double[classes];
        double agreed = 0;
        for (int i = 0; i < answers.Count; i++)
        {
            named[answers.LikeliestClass(i)]++;
            there[answers.RightClass(i)]++;
            agreed += answers.LikeliestClass(i) == answers.RightClass(i) ? 1 : 0;
        }

        double byChance = Enumerable.Range(0, classes).Sum(one => named[one] * there[one]) / answers.Count;
        return byChance < answers.Count ? (agreed - byChance) / (answers.Count - byChance) : 1;
    }
}
