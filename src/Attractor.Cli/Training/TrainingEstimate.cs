using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Training;

/// <summary><c>attractor train --estimate</c>: what a training would take.</summary>
internal static class TrainingEstimate
{
    /// <summary>Measures it and prints it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="ArgumentException">More than one new training is asked for.</exception>
    public static int Print(RunRequest request, bool json, CancellationToken token)
    {
        if (request is { Resume: not null } or { Seeds: not null })
            throw new ArgumentException("--estimate is of one new training: leave --resume and --seeds out");
        ModelSettings settings = RunPlan.Of(request)[0].Settings;
        TrainingExpectation expected = TrainingProbe.Of(settings, () => ModelKinds.Find(settings.Model).Read(settings, null, token), token);
        if (json)
        {
            JsonObject answer = new() { ["model"] = settings.Model, ["data"] = settings.Data };
            foreach ((string key, JsonNode? value) in expected.ToJson())
                answer[key] = value?.DeepClone();
            JsonOutput.Print(answer);
        }
        else
        {
            Console.WriteLine($"{settings.Model} on {settings.Data}: {expected}");
        }
        return 0;
    }
}
