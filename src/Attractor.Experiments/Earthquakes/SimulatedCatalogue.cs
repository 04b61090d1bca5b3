using Attractor.Numerics;
using Attractor.Probability;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// Earthquakes drawn from the document's model, whose truth is known: z ~ Cat(1/K),
/// s | z ~ Poisson(lambda_z), x | z ~ N(mu_z, (tau I)^-1) in two dimensions.
/// </summary>
internal sealed class SimulatedCatalogue
{
    public const string Strength = "strength";

    // In standard deviations of the points: nearer to each other nobody could tell components apart.
    private const double Apart = 4;

    // Where so many centres have no room so far apart, nothing is gained by drawing on.
    private const int MostDraws = 100_000;

    private readonly EarthquakeSettings _settings;

    public static readonly IReadOnlyList<string> Position = ["longitude", "latitude"];

    /// <exception cref="SettingException">There is no room for so many components.</exception>
    public SimulatedCatalogue(EarthquakeSettings settings)
    {
        _settings = settings;
        (Centres, Rates, Labels) = (new double[Components][], new double[Components], new int[Rows]);
        RandomStream random = new((ulong)settings.Seed, "simulated earthquakes");
        Gamma strength = new(settings.Alpha, settings.Beta);
        Normal point = new(0, 1 / Math.Sqrt(settings.Tau)), centre = new(0, 1 / Math.Sqrt(settings.Rho));
        int draws = 0;
        for (int k = 0; k < Components; k++)
        {
            do
                Centres[k] = ++draws <= MostDraws
                    ? [settings.Nu[0] + centre.Sample(random), settings.Nu[1] + centre.Sample(random)]
                    : throw new SettingException(SettingSentence.Join(
                        $"there is no room for {Components} components far enough apart: fewer ({nameof(settings.Truth):setting}), ",
                        $"narrower ones ({nameof(settings.Tau):setting}) or a wider prior ({nameof(settings.Rho):setting}) have it"));
            while (Enumerable.Range(0, k).Any(j => Distance(Centres[j], Centres[k]) < Apart / Math.Sqrt(settings.Tau)));
            Rates[k] = strength.Sample(random);
        }
        double[] values = new double[3 * Rows];
        for (int n = 0; n < Rows; n++)
        {
            int k = Labels[n] = (int)random.NextInt64(Components);
            values[3 * n] = Centres[k][0] + point.Sample(random);
            values[(3 * n) + 1] = Centres[k][1] + point.Sample(random);
            values[(3 * n) + 2] = new Poisson(Rates[k]).Sample(random);
        }
        Data = new(values, 3, 1, [.. Position, Strength]);
    }

    /// <summary>K.</summary>
    public int Components => _settings.Truth;

    /// <summary>N.</summary>
    public int Rows => _settings.Rows;

    /// <summary>The settings that they are drawn with.</summary>
    public EarthquakeSettings Settings => _settings;

    /// <summary>mu_k.</summary>
    public double[][] Centres { get; }

    /// <summary>lambda_k.</summary>
    public double[] Rates { get; }

    /// <summary>z_n.</summary>
    public int[] Labels { get; }

    /// <summary>N x 3.</summary>
    public TimeSeries Data { get; }

    /// <summary>The assignments as responsibilities.</summary>
    public double[,] Assignments
    {
        get
        {
            double[,] r = new double[Rows, Components];
            for (int n = 0; n < Rows; n++)
                r[n, Labels[n]] = 1;
            return r;
        }
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(((a[0] - b[0]) * (a[0] - b[0])) + ((a[1] - b[1]) * (a[1] - b[1])));
}
