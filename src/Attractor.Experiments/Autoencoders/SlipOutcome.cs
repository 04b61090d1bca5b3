using System.Text.Json.Nodes;
using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>What the document's program with std = exp(logvar) comes to on the test images, nats per image.</summary>
/// <param name="Reported">What it reports as its ELBO.</param>
/// <param name="Bound">The evidence lower bound of the posterior that it samples.</param>
/// <param name="Error">The standard error of that.</param>
internal sealed record SlipOutcome(double Reported, double Bound, double Error)
{
    public JsonObject ToJson() => new()
    {
        ["reported"] = Json.Number(Reported),
        ["bound"] = Json.Number(Bound),
        ["standard_error"] = Json.Number(Error),
    };
}
