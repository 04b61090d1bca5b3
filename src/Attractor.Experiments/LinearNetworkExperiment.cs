using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Numerics;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>
/// Backpropagation through time laid open: a linear network of two weights that is to sum its inputs, every number of it exact.
/// </summary>
internal sealed class LinearNetworkExperiment
{
    private const int CheckedPoints = 100;

    // The document's rule compares the sign of the first gradient with 0, finds a change, and halves Delta_0 = 0.001 before the first step;
    // the papers leave it alone.
    private const double InitialStep = 0.001, HalvedStep = 0.0005;

    private static readonly LinearNetwork s_published = new(1.6779304274, 0.9398291779);
    private static readonly LinearNetwork s_checked = new(1.2, 1.2);
    private static readonly (double Wx, double Wrec) s_publishedGradient = (35831.71124367, 521568.4066673);
    private const double PublishedOutput = 12.07678517;

    private readonly ExperimentSettings _settings;
    private readonly int _iterations;
    private readonly string _report;

    public LinearNetworkExperiment(ExperimentSettings settings)
    {
        if (settings.Seeds is not null)
            throw new SettingException($"linear-rnn takes no {nameof(settings.Seeds):setting}: its data are the document's own");
        if (settings.Updates > int.MaxValue)
            throw new SettingException(
                $"linear-rnn takes at most {int.MaxValue} {nameof(settings.Updates):setting}, not {settings.Updates}");
        (_settings, _iterations, _report) = (settings, (int)(settings.Updates ?? 500), settings.Output ?? "linear-rnn.html");
    }

    public JsonObject Run(CancellationToken token)
    {
        (double Wx, double Wrec) byHand = s_checked.Gradient();
        GradientCheck check = Check(s_checked);
        _settings.Say("s_k = x_k w_x + s_(k-1) w_rec; 30 sequences of 20 values 0.33, 0.66 or 1; loss: the mean of (s_20 - their sum)^2");
        _settings.Say(FormattableString.Invariant($"gradient at (1.2, 1.2), by hand        {byHand.Wx:F8} {byHand.Wrec:F7}"));
        _settings.Say(FormattableString.Invariant($"                        on the tape    {check.Analytic[0]:F8} {check.Analytic[1]:F7}"));
        _settings.Say(FormattableString.Invariant(
            $"                        published      {s_publishedGradient.Wx:F8} {s_publishedGradient.Wrec:F7}"));
        (double hand, double numeric) = CheckRandomPoints(token);
        _settings.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"at {CheckedPoints} random points: by hand and tape differ by {hand:0.0e0} of it at most, tape and "
            + $"central differences by {numeric:0.0e0}"));
        _settings.Say("");

        RpropPath path = RpropPath.Of(RpropVariant.Minus, HalvedStep, _iterations, token);
        RpropPath[] others = [.. Enum.GetValues<RpropVariant>().Select(v => RpropPath.Of(v, InitialStep, _iterations, token))];
        _settings.Say(
            FormattableString.Invariant($"{_iterations} iterations of Rprop from (-1.5, 2)   w_x            w_rec          loss"));
        Say("the document's", path);
        foreach (RpropPath other in others)
            Say(other.Name, other);
        _settings.Say(FormattableString.Invariant($"  published        {s_published.Wx,26:F10} {s_published.Wrec,14:F10}"));
        double output = path.End.ToDriven().States(SummedSequences.Test)[SummedSequences.Steps - 1, 0],
            sum = SummedSequences.Test.Values.ToArray().Sum();
        _settings.Say(FormattableString.Invariant($"test sequence: {output:F8} (published {PublishedOutput}), its sum {sum:F2}"));
        LinearNetworkReport.Of(path, others, output, sum, (hand, numeric, CheckedPoints)).Save(_report);
        _settings.Say($"{_report}: the loss surface, the gradients of the states, the path, the test sequence");
        return new()
        {
            ["inputs"] = new JsonArray([.. SummedSequences.Inputs.Sequences.Select(x => Numbers(x.Values.ToArray()))]),
            ["targets"] = Numbers(SummedSequences.Targets),
            ["gradient_at"] = Numbers(s_checked.Wx, s_checked.Wrec),
            ["gradient"] = Numbers([.. check.Analytic]),
            ["gradient_by_hand"] = Numbers(byHand.Wx, byHand.Wrec),
            ["gradient_numeric"] = Numbers([.. check.Numeric]),
            ["gradient_published"] = Numbers(s_publishedGradient.Wx, s_publishedGradient.Wrec),
            ["checked_points"] = CheckedPoints,
            ["largest_difference_by_hand"] = Json.Number(hand),
            ["largest_difference_numeric"] = Json.Number(numeric),
            ["iterations"] = _iterations,
            ["start"] = Numbers(RpropPath.Start.Wx, RpropPath.Start.Wrec),
            ["w_x"] = Json.Number(path.End.Wx),
            ["w_rec"] = Json.Number(path.End.Wrec),
            ["w_x_published"] = Json.Number(s_published.Wx),
            ["w_rec_published"] = Json.Number(s_published.Wrec),
            ["loss"] = Json.Number(path.End.Loss()),
            ["rules"] = new JsonArray([ToJson("document", path), .. others.Select(p => ToJson(p.Name, p))]),
            ["test_inputs"] = Numbers(SummedSequences.Test.Values.ToArray()),
            ["test_output"] = Json.Number(output),
            ["test_output_published"] = Json.Number(PublishedOutput),
            ["test_sum"] = Json.Number(sum),
            ["state_gradients"] = new JsonArray([.. MarkedPoint.All.Select(p => new JsonObject
            {
                ["w_x"] = Json.Number(p.Network.Wx),
                ["w_rec"] = Json.Number(p.Network.Wrec),
                ["gradient"] = Numbers(p.Network.StateGradientOnTape()),
                ["gradient_by_hand"] = Numbers(p.Network.StateGradient()),
            })]),
            ["report"] = _report,
        };
    }

    private void Say(string name, RpropPath path)
        => _settings.Say(FormattableString.Invariant(
            $"  {name,-16} Delta_0 = {path.InitialStep,-6} {path.End.Wx,16:F10} {path.End.Wrec,14:F10} {path.End.Loss(),14:G8}"));

    // Central differences of the tape's loss.
    private static GradientCheck Check(LinearNetwork network)
        => Gradient.Check(w => new LinearNetwork(w[0], w[1]).OnTape(), [network.Wx, network.Wrec]);

    private static (double ByHand, double Numeric) CheckRandomPoints(CancellationToken token)
    {
        RandomStream random = new(1, "points");
        double hand = 0, numeric = 0;
        for (int i = 0; i < CheckedPoints; i++)
        {
            token.ThrowIfCancellationRequested();
            LinearNetwork network = new(random.NextUniform(-2, 2), random.NextUniform(-2, 2));
            GradientCheck check = Check(network);
            (double wx, double wrec) = network.Gradient();
            double size = Math.Max(Math.Abs(wx), Math.Abs(wrec));
            hand = Math.Max(hand, Math.Max(Math.Abs(check.Analytic[0] - wx), Math.Abs(check.Analytic[1] - wrec)) / size);
            numeric = Math.Max(numeric, check.RelativeError);
        }
        return (hand, numeric);
    }

    private static JsonObject ToJson(string rule, RpropPath path) => new()
    {
        ["rule"] = rule,
        ["initial_step"] = Json.Number(path.InitialStep),
        ["w_x"] = Json.Number(path.End.Wx),
        ["w_rec"] = Json.Number(path.End.Wrec),
        ["loss"] = Json.Number(path.End.Loss()),
    };

    private static JsonArray Numbers(params double[] values) => new([.. values.Select(Json.Number)]);
}
