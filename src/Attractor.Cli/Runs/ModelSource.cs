using System.Text.Json;
using Attractor.Data;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Cli.Runs;

/// <summary>A trained model named on the command line: a run folder, or a bare safetensors file.</summary>
internal sealed record ModelSource(string Path, ILearntModel Learnt, JsonElement? Config)
{
    /// <summary>The model, as one that goes on by itself in time.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public IGenerativeModel Model => Learnt as IGenerativeModel
        ?? throw new ArgumentException(
            $"{Path} holds a {Learnt.Kind}, {(Learnt is VariationalAutoencoder or Mixture ? "which has no dynamics" : "which this command does not take")}: attractor generate, {(Learnt is Mixture ? "" : "reconstruct, ")}evaluate and report take it");

    public bool IsRun => Config is not null;

    /// <summary>Time between two rows, if the run says so.</summary>
    public double? Dt => Config is { } config && config.TryGetProperty("dt", out JsonElement dt) && dt.ValueKind == JsonValueKind.Number && dt.GetDouble() is > 0 and var value
        ? value
        : null;

    /// <summary>Whether the word names a file or folder with a model, rather than a system of the catalogue or a file of equations.</summary>
    /// <exception cref="FileNotFoundException">It can only be a path, and there is nothing there.</exception>
    public static bool IsNamedBy(string subject)
    {
        if (SystemSource.IsFile(subject))
            return false;
        if (File.Exists(subject) || Directory.Exists(subject))
            return true;
        return subject.Contains('.', StringComparison.Ordinal) || subject.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? throw new FileNotFoundException($"there is no run or file {subject}")
            : false;
    }

    public static ModelSource Load(string path)
    {
        if (!Directory.Exists(path))
            return new(path, Checked(path), null);
        JsonElement? config = null;
        if (File.Exists(System.IO.Path.Combine(path, "config.json")))
            config = RunFolder.ReadConfig(path);
        else if (Directory.EnumerateDirectories(path, "seed-*").Order(StringComparer.Ordinal).FirstOrDefault() is { } seed)
            throw new IOException($"{path} holds several runs: name one of them, such as {seed}");
        else
            throw new FileNotFoundException($"{path} is not a run: it has no config.json");
        string model = System.IO.Path.Combine(path, "model.safetensors");
        if (!File.Exists(model))
            throw new IOException($"{path} is not finished: attractor train --resume {path} goes on with it");
        return new(path, Checked(model), config);
    }

    // A network of other inputs than outputs is a model as well, only not one that any command can let run.
    private static ILearntModel Checked(string path)
    {
        ILearntModel model = ModelFile.Load(path);
        return model is EchoStateNetwork { Inputs: > 0 } network && network.Inputs != network.Outputs
            ? throw new InvalidDataException($"{path} has {network.Inputs} inputs and {network.Outputs} outputs: only a network that predicts its own next input can go on by itself")
            : model;
    }

    /// <summary>The data the run was trained on: its first trial.</summary>
    public TimeSeries TrainingData()
    {
        if (Config is not { } config || !config.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.String)
            throw new ArgumentException($"{Path} does not say what it was trained on: name a file of data");
        return Read(data.GetString()!, null);
    }

    /// <summary>What the model sets out from where nothing else is said: the run's training data, for a bare file the origin.</summary>
    public TimeSeries StartingData() => IsRun ? TrainingData() : new(new double[Model.Observed], Model.Observed);

    /// <summary>The rows from one on that drive the model beforehand: as many as it asks for, or as there are.</summary>
    public int WarmUp(TimeSeries data, int row = 0) => Math.Min(Model.WarmUp, data.Length - 1 - row);

    /// <summary>A series that the model can be compared with or started from.</summary>
    public TimeSeries Read(string file, double? dt)
    {
        TimeSeries series = SeriesFile.Read(file, dt ?? Dt ?? 1);
        return series.Dimension == Model.Observed
            ? series
            : throw new ArgumentException($"{file} has {series.Dimension} columns, the model observes {Model.Observed} variables");
    }
}
