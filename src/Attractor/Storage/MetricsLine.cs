using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;

namespace Attractor.Storage;

/// <summary>Lines of <c>metrics.jsonl</c>. Every line has its update, loss, learning rate and seconds; those of epochs have more.</summary>
internal static class MetricsLine
{
    // A line of a run has some hundred characters; what a torn or foreign file holds instead may have no end.
    private const int Longest = 1 << 16;

    /// <summary>The lines of a file up to one that is none; none of a file that is not there, or is no file.</summary>
    public static IEnumerable<string> ReadAll(string path)
    {
        if (PathKinds.Of(path) is not PathKind.File)
            yield break;
        using StreamReader reader = new(path);
        StringBuilder line = new();
        char[] block = new char[Longest];
        for (int count; (count = reader.ReadBlock(block)) > 0;)
            for (int i = 0; i < count; i++)
            {
                char c = block[i];
                if (c == '\n')
                {
                    yield return line.ToString();
                    line.Clear();
                }
                else if (line.Length == Longest)
                {
                    yield break;
                }
                else
                {
                    line.Append(c);
                }
            }
        if (line.Length > 0)
            yield return line.ToString();
    }

    public static string Of(LossPoint point) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"update":{{point.Update}},"loss":{{point.Loss:R}},"learning_rate":{{point.LearningRate:R}}"""
        + $$"""{{Alpha(point.Alpha)}},"seconds":{{point.Seconds:F3}}}""");

    public static string Of(EpochPoint point)
    {
        string test = point.TestLoss is { } loss && double.IsFinite(loss)
            ? string.Create(CultureInfo.InvariantCulture, $",\"test_loss\":{loss:R}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"epoch":{{point.Epoch}},"update":{{point.Update}},"loss":{{point.Loss:R}}"""
            + $$""","reconstruction":{{point.Reconstruction:R}},"divergence":{{point.Divergence:R}}{{test}},"beta":{{point.Beta:R}}"""
            + $$""","learning_rate":{{point.LearningRate:R}},"seconds":{{point.Seconds:F3}},"epoch_seconds":{{point.EpochSeconds:F4}}}""");
    }

    public static string Of(SweepPoint point) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"restart":{{point.Restart}},"sweep":{{point.Sweep}},"update":{{point.Update}},"elbo":{{point.Elbo:R}}"""
        + $$""","seconds":{{point.Seconds:F4}}}""");

    public static string Of(RidgePoint point) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"ridge":{{point.Ridge:R}},"score":{{point.Score:R}},"degrees_of_freedom":{{point.DegreesOfFreedom:R}}}""");

    /// <summary>Null for a line that is not a whole one of a ridge parameter.</summary>
    public static RidgePoint? ReadRidge(string line) => Read<RidgePoint?>(
        line, root => new RidgePoint(Number(root, "ridge"), Number(root, "score"), Number(root, "degrees_of_freedom")));

    /// <summary>Null for a line that is not whole: the last one of a process that was killed may be torn.</summary>
    public static LossPoint? ReadLoss(string line) => Read<LossPoint?>(
        line, root => new LossPoint(Whole(root, "update"), Number(root, "loss"), Number(root, "learning_rate"), Number(root, "seconds"))
        {
            Alpha = root.TryGetProperty("alpha", out JsonElement alpha) ? alpha.GetDouble() : null
        });

    /// <summary>Null for a line that is not a whole one of an epoch.</summary>
    public static EpochPoint? ReadEpoch(string line) => Read<EpochPoint?>(line, root => new EpochPoint(
        root.GetProperty("epoch").GetInt32(), Whole(root, "update"), Number(root, "loss"), Number(root, "reconstruction"),
        Number(root, "divergence"),
        root.TryGetProperty("test_loss", out JsonElement test) ? test.GetDouble() : null,
        Number(root, "beta"), Number(root, "learning_rate"), Number(root, "seconds"), Number(root, "epoch_seconds")));

    private static string Alpha(double? alpha) => alpha is { } a ? string.Create(CultureInfo.InvariantCulture, $",\"alpha\":{a:R}") : "";

    public static string Of(FitSummary summary)
        => new JsonObject { ["restart"] = summary.Restart, ["converged"] = summary.Converged, ["reason"] = summary.Reason }.ToJsonString();

    /// <summary>Null for a line that is not a whole one of how a fit ended.</summary>
    public static FitSummary? ReadSummary(string line) => Read(line, root => new FitSummary(
        root.GetProperty("restart").GetInt32(), root.GetProperty("converged").GetBoolean(), root.GetProperty("reason").GetString() ?? ""));

    /// <summary>Null for a line that is not a whole one of a sweep.</summary>
    public static SweepPoint? ReadSweep(string line) => Read<SweepPoint?>(line, root => new SweepPoint(
        root.GetProperty("restart").GetInt32(),
        root.GetProperty("sweep").GetInt32(),
        Whole(root, "update"),
        Number(root, "elbo"),
        Number(root, "seconds")));

    private static T? Read<T>(string line, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return default;
        }
    }

    private static long Whole(JsonElement root, string key) => root.GetProperty(key).GetInt64();

    private static double Number(JsonElement root, string key) => root.GetProperty(key).GetDouble();
}
