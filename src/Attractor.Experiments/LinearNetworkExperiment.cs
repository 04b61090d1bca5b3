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
internal sealed class LinearNetworkExperiment(LinearNetworkSettings settings, ExperimentSession session)
{
    private const int CheckedPoints = 100;

    public ExperimentResult Run(CancellationToken token)
    {
        LinearNetwork checkedAt = new(settings.Point[0], settings.Point[1]);
        string at = string.Join(", ", settings.Point.Select(v => v.ToString(CultureInfo.InvariantCulture)));
        (double Wx, double Wrec) byHand = checkedAt.Gradient();
        GradientCheck check = Check(checkedAt);
        session.Say("s_k = x_k w_x + s_(k-1) w_rec; 30 sequences of 20 values 0.33, 0.66 or 1; loss: the mean of (s_20 - their sum)^2");
        session.Say(FormattableString.Invariant($"gradient at ({at}), by hand        {byHand.Wx:F8} {byHand.Wrec:F7}"));
        session.Say(FormattableString.Invariant($"                        on the tape    {check.Analytic[0]:F8} {check.Analytic[1]:F7}"));
        (double hand, double numeric) = CheckRandomPoints(token);
        session.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"at {CheckedPoints} random points: by hand and tape differ by {hand:0.0e0} of it at most, tape and "
            + $"central differences by {numeric:0.0e0}"));
        session.Say("");

        // The document's rule compares the sign of the first gradient with 0, finds a change, and shrinks Delta_0 before the first step;
        // the papers leave it alone.
        RpropPath path = RpropPath.Of(RpropVariant.Minus, settings.InitialStep * settings.Decrease, settings, token);
        RpropPath[] others =
            [.. Enum.GetValues<RpropVariant>().Select(v => RpropPath.Of(v, settings.InitialStep, settings, token))];
        string from = string.Join(", ", settings.Start.Select(v => v.ToString(CultureInfo.InvariantCulture)));
        session.Say(FormattableString.Invariant(
            $"{settings.Updates} iterations of Rprop from ({from})   w_x            w_rec          loss"));
        Say("the document's", path);
        foreach (RpropPath other in others)
            Say(other.Name, other);
        double output = path.End.ToDriven().States(SummedSequences.Test)[SummedSequences.Steps - 1, 0],
            sum = SummedSequences.Test.Values.ToArray().Sum();
        return new()
        {
            Title = "Backpropagation through time laid open",
            Subtitle = "A linear recurrent network of two weights that is to sum its inputs: s_k = x_k w_x + s_(k-1) w_rec, the last state "
                + "against the sum. Thirty sequences of twenty values 0.33, 0.66 or 1. At w_x = w_rec = 1 the loss is 0.",
            Findings = LinearNetworkFindings.Of(settings, path.End, output, sum, [.. check.Analytic], numeric),
            Derivation = LinearNetworkFindings.Derivation,
            Sections = LinearNetworkReport.Of(path, others, output, sum, (hand, numeric, CheckedPoints)),
            Json = new()
            {
                ["inputs"] = new JsonArray([.. SummedSequences.Inputs.Sequences.Select(x => Numbers(x.Values.ToArray()))]),
                ["targets"] = Numbers(SummedSequences.Targets),
                ["gradient_at"] = Numbers(checkedAt.Wx, checkedAt.Wrec),
                ["gradient"] = Numbers([.. check.Analytic]),
                ["gradient_by_hand"] = Numbers(byHand.Wx, byHand.Wrec),
                ["gradient_numeric"] = Numbers([.. check.Numeric]),
                ["gradient_published"] = Numbers([.. LinearNetworkFindings.PublishedGradient]),
                ["checked_points"] = CheckedPoints,
                ["largest_difference_by_hand"] = Json.Number(hand),
                ["largest_difference_numeric"] = Json.Number(numeric),
                ["iterations"] = settings.Updates,
                ["start"] = Numbers([.. settings.Start]),
                ["w_x"] = Json.Number(path.End.Wx),
                ["w_rec"] = Json.Number(path.End.Wrec),
                ["w_x_published"] = Json.Number(LinearNetworkFindings.Published.Wx),
                ["w_rec_published"] = Json.Number(LinearNetworkFindings.Published.Wrec),
                ["loss"] = Json.Number(path.End.Loss()),
                ["rules"] = new JsonArray([ToJson("document", path), .. others.Select(p => ToJson(p.Name, p))]),
                ["test_inputs"] = Numbers(SummedSequences.Test.Values.ToArray()),
                ["test_output"] = Json.Number(output),
                ["test_output_published"] = Json.Number(LinearNetworkFindings.PublishedOutput),
                ["test_sum"] = Json.Number(sum),
                ["state_gradients"] = new JsonArray([.. MarkedPoint.All.Select(p => new JsonObject
                {
                    ["w_x"] = Json.Number(p.Network.Wx),
                    ["w_rec"] = Json.Number(p.Network.Wrec),
                    ["gradient"] = Numbers(p.Network.StateGradientOnTape()),
                    ["gradient_by_hand"] = Numbers(p.Network.StateGradient()),
                    ["gradient_as_drawn"] = Numbers(p.Network.StateGradientAsDrawn()),
                })]),
            },
            Commands =
            [
                ("the gradients of a network of your own over time", "attractor gradients RUN -o gradients.html"),
            ],
        };
    }

    private void Say(string name, RpropPath path)
        => session.Say(FormattableString.Invariant(
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
