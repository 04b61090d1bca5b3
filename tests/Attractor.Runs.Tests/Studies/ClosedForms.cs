namespace Attractor.Runs.Tests;

/// <summary>Functions with a known least value, over spaces made of settings whose names mean nothing here.</summary>
internal static class ClosedForms
{
    public static (StudySpace Space, Func<double[], double> Function) Of(string name) => name switch
    {
        "sphere" => (Space("beta=0..1", "clip=0..1", "warm_up_start=0..1", "dt=0..1"),
            x => x.Sum(v => (v - 0.3) * (v - 0.3))),
        "branin" => (Space("beta=0..1", "clip=0..1"), x => Branin((15 * x[0]) - 5, 15 * x[1])),
        // Orders of magnitude, whole numbers and a word that decides which of two valleys there is.
        "mixed" => (StudySpace.Parse("shplrnn", ["lr=1e-6..1", "hidden=1..100", "forcing=gtf,stf,none"]),
            x => Math.Pow(Math.Log10(x[0]) + 3, 2) + Math.Pow((x[1] - 70) / 30, 2) + (x[2] == 1 ? 0 : 3)),
        _ => throw new ArgumentException(name),
    };

    public static double Best(StudySampler sampler, StudySpace space, Func<double[], double> function, int seed, int trials)
    {
        List<SampledTrial> ended = [];
        for (int i = 0; i < trials; i++)
        {
            double[] point = sampler.Sample(space, seed, i, ended);
            ended.Add(new(i, point, [function(point)], null));
        }
        return ended.Min(t => t.Values[0]);
    }

    private static StudySpace Space(params string[] entries) => StudySpace.Parse("seqvae", entries);

    private static double Branin(double x, double y)
    {
        double a = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (a * a) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    }
}
