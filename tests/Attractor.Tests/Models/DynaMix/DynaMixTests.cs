using System.Globalization;
using System.Text;
using Attractor.Forecasting;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;
using Attractor.Systems;

namespace Attractor.Tests.Models.DynaMix;

/// <summary>The fused kernel beside the equations written out.</summary>
public sealed class DynaMixTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, 30, 10, 10, 2, 500, false)]
    [InlineData(3, 30, 10, 10, 2, 11, false)]
    [InlineData(1, 7, 3, 5, 7, 64, false)]
    [InlineData(2, 9, 1, 17, 0, 33, false)]
    [InlineData(3, 30, 10, 10, 2, 500, true)]
    [InlineData(2, 9, 1, 17, 0, 33, true)]
    public void The_kernel_does_what_the_equations_say(int n, int m, int experts, int hidden, int rectified, int rows, bool input)
    {
        DynaMixParameters p = Random(n, m, experts, hidden, rectified);
        if (input)
            p = p with { Input = [.. Enumerable.Range(0, experts * m * 2 * n).Select(i => 0.2 * Math.Sin(i))] };
        TimeSeries context = Context(n, rows);
        double[][] expected = Plain(p, context, 40);
        TimeSeries orbit = new DynaMixModel(p).Continue(context, 40, noise: 0);
        for (int t = 0; t < 40; t++)
            for (int i = 0; i < n; i++)
                Assert.Equal(expected[t][i], orbit[t, i], 1e-9 * (1 + Math.Abs(expected[t][i])));
    }

    [Fact]
    public void Noise_is_that_of_the_query_and_of_the_seed()
    {
        DynaMixModel model = new(Random(3, 12, 4, 6, 2));
        TimeSeries context = Context(3, 100);
        double[] Values(double noise, ulong seed) => model.Continue(context, 50, noise, seed).Values.ToArray();
        Assert.Equal(Values(1, 3), Values(1, 3));
        Assert.NotEqual(Values(1, 3), Values(1, 4));
        Assert.Equal(Values(0, 3), Values(0, 4));
        // The noise of a step comes into it by the weights of the experts: what is observed first is not noisy itself.
        double[] quiet = Values(0, 0), little = Values(1e-9, 0);
        for (int i = 0; i < 3; i++)
            Assert.Equal(quiet[i], little[i], 1e-7);
    }

    [Fact]
    public void A_start_takes_the_place_of_the_last_row()
    {
        DynaMixModel model = new(Random(3, 12, 4, 6, 2));
        TimeSeries context = Context(3, 100);
        Assert.Equal(
            model.Continue(context, 5, 0).Values.ToArray(),
            model.Continue(context, 5, 0, start: context.Row(99)).Values.ToArray());
        Assert.NotEqual(
            model.Continue(context, 5, 0).Values.ToArray(),
            model.Continue(context, 5, 0, start: context.Row(50)).Values.ToArray());
    }

    /// <summary>Attention far from all rows of the context goes to the nearest.</summary>
    [Fact]
    public void What_is_far_away_stays_finite()
    {
        DynaMixModel model = new(Random(3, 12, 4, 6, 2));
        TimeSeries orbit = model.Continue(Context(3, 100), 1, 0, start: [1e6, -1e6, 1e6]);
        Assert.All(orbit.Values.ToArray(), x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Bad_contexts_are_named()
    {
        DynaMixModel model = new(Random(3, 12, 4, 6, 2));
        Assert.Contains("3 variables", Assert.Throws<ArgumentException>(() => model.Continue(Context(2, 50), 5)).Message);
        Assert.Contains("at least 3 rows", Assert.Throws<ArgumentException>(() => model.Continue(Context(3, 2), 5)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Continue(Context(3, 50), 5, noise: -1));
        Assert.Throws<ArgumentException>(() => model.Continue(Context(3, 50), 5, start: [1, 2]));
        Assert.Throws<ArgumentException>(() => new DynaMixModel(Random(3, 12, 4, 6, 2) with { A = [1] }));
    }

    /// <summary>cos(2 pi t / 40) has fallen below 1/e at lag 8: cos(1.257) = 0.309, cos(1.100) = 0.454.</summary>
    [Fact]
    public void Delays_are_the_first_lag_below_one_over_e_apart()
    {
        double[] values = [.. Enumerable.Range(0, 4000).Select(t => Math.Cos(2 * Math.PI * t / 40))];
        ContextEmbedding embedding = ContextEmbedding.For(new(values, 1), 3, ContextEmbeddingKind.Delay);
        Assert.Equal((8, 2, 16), (embedding.Lag, embedding.Added, embedding.Dropped));
        TimeSeries embedded = embedding.Apply(new(values, 1));
        Assert.Equal((3984, 3), (embedded.Length, embedded.Dimension));
        Assert.Equal([values[16], values[8], values[0]], embedded.Row(0).ToArray());
    }

    [Fact]
    public void Sines_have_the_period_of_the_highest_peak_beyond_a_tenth_of_the_rows()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(t => Math.Cos(2 * Math.PI * t / 40))];
        ContextEmbedding embedding = ContextEmbedding.For(new(values, 1), 3, ContextEmbeddingKind.Positional);
        Assert.InRange(embedding.Lag, 39, 41);
        TimeSeries embedded = embedding.Apply(new(values, 1));
        Assert.Equal(300, embedded.Length);
        double phase = 2 * Math.PI * 6 / embedding.Lag;
        Assert.Equal([values[5], Math.Sin(phase), Math.Sin(phase + (Math.PI / 2))], embedded.Row(5).ToArray());
        ContextEmbedding zero = ContextEmbedding.For(new(values, 1), 3, ContextEmbeddingKind.Zero);
        Assert.Equal([values[5], 0, 0], zero.Apply(new(values, 1)).Row(5).ToArray());
    }

    [Fact]
    public void Long_delays_leave_rows()
    {
        double[] ramp = [.. Enumerable.Range(0, 60).Select(t => (double)t)];
        ContextEmbedding embedding = ContextEmbedding.For(new(ramp, 1), 3, ContextEmbeddingKind.Delay);
        Assert.True(embedding.Apply(new(ramp, 1)).Length >= 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void It_takes_part_in_a_forecast_of_any_number_of_variables(int variables)
    {
        DynaMixModel model = new(Contracting(Random(3, 12, 4, 6, 2)));
        TimeSeries context = Context(variables, 300);
        ForecastOptions options = new() { Candidates = [new DynaMixCandidate(model)] };
        ForecastContext known = new(context);
        IReadOnlyList<ForecastSetting> settings = options.Candidates[0].Settings(known);
        Assert.Equal(variables < 3 ? 3 : 1, settings.Count);
        foreach (IForecaster? forecaster in options.Candidates[0].Fit(known.Pieces, settings, Token))
        {
            TimeSeries orbit = forecaster!.Continue(known.History(299, forecaster.WarmUp)!, 20, Token);
            Assert.Equal((20, variables), (orbit.Length, orbit.Dimension));
            Assert.All(orbit.Values.ToArray(), x => Assert.True(double.IsFinite(x)));
        }
    }

    [Fact]
    public void A_file_of_weights_is_read_as_it_was_written()
    {
        DynaMixParameters p = Random(3, 30, 10, 10, 2);
        WithFile(Json(p, "\"version\": \"1.0\", \"about\": {\"M\": [30]}"), file =>
        {
            TimeSeries context = Context(3, 200);
            Assert.Equal(
                new DynaMixModel(p).Continue(context, 10, 0).Values.ToArray(),
                DynaMixFile.Read(file).Continue(context, 10, 0).Values.ToArray());
        });
    }

    [Theory]
    [InlineData("\"sigma\": [", "\"sigma\": [\"a\", ", "sigma")]
    [InlineData("\"temp1\": ", "\"temp0\": ", "no 'temp1'")]
    [InlineData("\"temp2\": ", "\"temp2\": 0, \"x\": ", "temp")]
    [InlineData("\"conv_b\": [", "\"conv_b\": [1, ", "conv_b")]
    [InlineData("\"mlp2\": [[", "\"mlp2\": [[[1], ", "mlp2")]
    [InlineData("\"A\": [", "\"A\": 3, \"B\": [", "'A'")]
    [InlineData("\"D\": [", "\"D\": [], \"B\": [", "'D'")]
    [InlineData("\"temp1\": ", "\"P\": 1000, \"temp1\": ", "rectified")]
    [InlineData("\"temp1\": ", "\"P\": 1.5, \"temp1\": ", "'P'")]
    [InlineData("\"h\": [[", "\"h\": [[1e999, ", "'h'")]
    [InlineData("\"A\": [[", "\"A\": [[}", "JSON")]
    public void Damaged_weights_are_named_in_a_line(string found, string replaced, string word)
    {
        string json = Json(Random(3, 12, 4, 6, 2), "");
        Assert.Contains(found, json);
        WithFile(json.Replace(found, replaced, StringComparison.Ordinal), file =>
        {
            string message = Assert.Throws<InvalidDataException>(() => DynaMixFile.Read(file)).Message;
            Assert.Contains(word, message);
            Assert.DoesNotContain('\n', message);
        });
    }

    private static TimeSeries Context(int n, int rows)
    {
        TimeSeries lorenz = Lorenz63.Default.Simulate(rows, 0.03);
        double[] values = [.. Enumerable.Range(0, rows * n).Select(i => lorenz[i / n, i % n % 3] + (i % n > 2 ? 0.01 * (i / n % 7) : 0))];
        return new(values, n, 0.03);
    }

    private static DynaMixParameters Contracting(DynaMixParameters p)
        => p with { W = [.. p.W.Select(w => 0.1 * w)], A = [.. p.A.Select(a => 0.5 * a)] };

    private static DynaMixParameters Random(int n, int m, int experts, int hidden, int rectified)
    {
        RandomStream random = new(7, "test");
        double[] Draw(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.NextNormal())];
        return new()
        {
            Observed = n,
            Latent = m,
            Experts = experts,
            Rectified = rectified,
            GateHidden = hidden,
            A = Draw(experts * m, 0.5),
            W = Draw(experts * m * m, 0.5 / m),
            Bias = Draw(experts * m, 0.1),
            ConvolutionWeights = Draw(n * n * 2, 0.5),
            ConvolutionBias = Draw(n, 0.5),
            Query = Draw(n * m, 0.3),
            GateInput = Draw(hidden * (n + m), 0.4),
            GateOutput = Draw(experts * hidden, 0.4),
            AttentionTemperature = -0.06,
            GateTemperature = 0.44,
            Noise = [.. Draw(n, 0.05).Select(Math.Abs)],
            Initial = Draw((m - n) * n, 0.4),
        };
    }

    // Section by section as the equations stand, with nothing shared.
    private static double[][] Plain(DynaMixParameters p, TimeSeries context, int steps)
    {
        (int n, int m, int rows) = (p.Observed, p.Latent, context.Length);
        double[] mean = [.. Enumerable.Range(0, n).Select(i => context.Column(i).Average())];
        double[] scale = [.. Enumerable.Range(0, n).Select(
            i => Math.Max(1e-6, Math.Sqrt(context.Column(i).Sum(x => Math.Pow(x - mean[i], 2)) / (rows - 1))))];
        double[][] c = [.. Enumerable.Range(0, rows).Select(
            s => Enumerable.Range(0, n).Select(i => (context[s, i] - mean[i]) / scale[i]).ToArray())];
        double[][] e = [.. Enumerable.Range(0, rows - 1).Select(s => Enumerable.Range(0, n).Select(i => p.ConvolutionBias[i]
            + Enumerable.Range(0, n).Sum(k => (p.ConvolutionWeights[(((i * n) + k) * 2) + 0] * c[s + 1][k])
                + (p.ConvolutionWeights[(((i * n) + k) * 2) + 1] * c[s][k]))).ToArray())];
        double[] z = [.. c[^1], .. Enumerable.Range(0, m - n).Select(
            i => Enumerable.Range(0, n).Sum(k => p.Initial[(i * n) + k] * c[^1][k]))];
        double[][] orbit = new double[steps][];
        for (int t = 0; t < steps; t++)
        {
            double[] q = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, m).Sum(k => p.Query[(i * m) + k] * z[k]))];
            double[] a = Softmax([.. Enumerable.Range(0, rows - 1).Select(
                s => -Enumerable.Range(0, n).Sum(i => Math.Abs(c[s][i] - q[i])) / Math.Abs(p.AttentionTemperature))]);
            double[] joint = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, rows - 1).Sum(s => a[s] * e[s][i])), .. z];
            double[] hidden = [.. Enumerable.Range(0, p.GateHidden).Select(
                i => Math.Max(0, joint.Select((x, k) => p.GateInput[(i * (n + m)) + k] * x).Sum()))];
            double[] w = Softmax([.. Enumerable.Range(0, p.Experts).Select(
                j => -hidden.Select((x, k) => p.GateOutput[(j * p.GateHidden) + k] * x).Sum() / Math.Abs(p.GateTemperature))]);
            double[] phi = [.. z.Select((x, i) => i >= m - p.Rectified ? Math.Max(0, x) : x)];
            double[] attended = [.. Enumerable.Range(0, 2 * n).Select(
                k => Enumerable.Range(0, rows - 1).Sum(s => a[s] * c[s + 1 - (k % 2)][k / 2]))];
            double Attended(int row) => p.Input.Length == 0 ? 0 : attended.Select((x, k) => p.Input[(row * 2 * n) + k] * x).Sum();
            z = [.. Enumerable.Range(0, m).Select(i => Enumerable.Range(0, p.Experts).Sum(j => w[j] * ((p.A[(j * m) + i] * z[i])
                + Enumerable.Range(0, m).Sum(k => p.W[(((j * m) + i) * m) + k] * phi[k]) + p.Bias[(j * m) + i]
                + Attended((j * m) + i))))];
            orbit[t] = [.. Enumerable.Range(0, n).Select(i => mean[i] + (scale[i] * z[i]))];
        }
        return orbit;
    }

    private static double[] Softmax(double[] x)
    {
        double most = x.Max();
        double[] exponentials = [.. x.Select(v => Math.Exp(v - most))];
        return [.. exponentials.Select(v => v / exponentials.Sum())];
    }

    private static string Json(DynaMixParameters p, string more)
    {
        (int n, int m) = (p.Observed, p.Latent);
        StringBuilder json = new("{");
        foreach ((string name, double[] values, int[] shape) in ((string, double[], int[])[])
        [
            ("A", p.A, [p.Experts, m]), ("W", p.W, [p.Experts, m, m]), ("h", p.Bias, [p.Experts, m]),
            ("conv_w", p.ConvolutionWeights, [n, n, 2]), ("conv_b", p.ConvolutionBias, [n]), ("D", p.Query, [n, m]),
            ("mlp1", p.GateInput, [p.GateHidden, n + m]), ("mlp2", p.GateOutput, [p.Experts, p.GateHidden]),
            ("sigma", p.Noise, [n]), ("obs_L", p.Initial, [m - n, n])
        ])
            json.Append(CultureInfo.InvariantCulture, $"\"{name}\": {List(values, shape)}, ");
        json.Append(CultureInfo.InvariantCulture, $"\"temp1\": {p.AttentionTemperature:R}, \"temp2\": {p.GateTemperature:R}");
        return json.Append(more.Length > 0 ? ", " + more : "").Append('}').ToString();
    }

    private static string List(ReadOnlySpan<double> values, ReadOnlySpan<int> shape)
    {
        if (shape.Length == 0)
            return values[0].ToString("R", CultureInfo.InvariantCulture);
        List<string> items = [];
        int size = values.Length / shape[0];
        for (int i = 0; i < shape[0]; i++)
            items.Add(List(values.Slice(i * size, size), shape[1..]));
        return $"[{string.Join(", ", items)}]";
    }

    private static void WithFile(string text, Action<string> use)
    {
        string file = Path.Combine(Path.GetTempPath(), $"attractor-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, text);
        try
        {
            use(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
