using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>Lets a model run freely, from a row of a series on.</summary>
internal sealed class OrbitGeneration()
    : Capability<OrbitOptions>(Verbs.Generate, $"it runs for {nameof(OrbitOptions.Steps):setting} rows by itself")
{
    protected override Answer Ask(TrainedModel model, OrbitOptions options, Request request)
    {
        TimeSeries data = Start(model, options, request);
        int row = options.Start;
        if (row < 0 || row >= data.Length)
            throw new SettingException(
                $"{nameof(OrbitOptions.Start):setting} must be a row of the data, 0 to {data.Length - 1}, not {row}");
        int driven = options.WarmUp ?? model.WarmUp(data, row);
        if (driven < 0 || driven > data.Length - 1 - row)
            throw new SettingException(SettingSentence.Join(
                $"{nameof(OrbitOptions.WarmUp):setting} must be 0 to {data.Length - 1 - row}, ",
                $"the rows after {nameof(OrbitOptions.Start):setting}, not {driven}"));
        if (data.Slice(row, 1 + driven).FindNonFinite() is not null)
            throw new SettingException(
                $"rows {row} to {row + driven} of the data have missing values: {nameof(OrbitOptions.Start):setting} elsewhere");
        MemoryNeed.RequireRows(options.Steps, model.Generative.Observed, $"{nameof(OrbitOptions.Steps):setting}");
        if (options.Latent == LatentStart.Zero)
            BeginAtZero(model);
        TimeSeries orbit = Run(model, options, data, row, driven, request.Selection);
        string path = request.Output ?? "generated.npy";
        SeriesFile.Write(path, orbit);
        bool finite = orbit.FindNonFinite() is null;
        return new(
            new JsonObject { ["file"] = path, ["rows"] = orbit.Length, ["columns"] = orbit.Dimension, ["finite"] = finite },
            $"{path}: {orbit.Length} rows{(finite ? "" : ", not finite from some row on: the orbit diverges")}"
            + (model.Settings is { } settings ? $"\n  next: {RunCommands.Evaluate(RunCommands.Quote(model.Path), settings.Data)}" : ""),
            finite);
    }

    // What is chosen of the data is chosen of those that the model was trained on where no others are named.
    private static TimeSeries Start(TrainedModel model, OrbitOptions options, Request request)
        => options.From is { } file ? model.Read(file, null, request.Selection, request.Understood)
            : request.Selection is { } selection && model is { IsRun: true, Settings: { } settings }
                ? model.Read(settings.Data, null, selection, request.Understood)
            : request.Selection is null ? model.StartingData()
            : throw new SettingException(
                $"{model.Path} does not say what it was trained on: name a file of data by {nameof(OrbitOptions.From):setting}");

    private static TimeSeries Run(
        TrainedModel model, OrbitOptions options, TimeSeries data, int row, int driven, DataSelection? selection)
    {
        if (options.InputsFrom is { } file)
        {
            TimeSeries inputs = model.FutureInputs(file, selection);
            return inputs.Length >= options.Steps
                ? FreeRun.Along((IDrivenMap)model.Generative, data, inputs.Slice(0, options.Steps), row, driven)
                : throw new SettingException(SettingSentence.Join(
                    $"{nameof(OrbitOptions.Steps):setting} {options.Steps} needs as many rows of inputs, {file} has {inputs.Length}: ",
                    $"ask for fewer, or name a longer file by {nameof(OrbitOptions.InputsFrom):setting}"));
        }
        long covered = data.Length - (long)row - driven;
        return !model.IsDriven || options.Steps <= covered
            ? model.Generative.Generate(data, options.Steps, row, driven)
            : throw new SettingException(SettingSentence.Join(
                $"{nameof(OrbitOptions.Steps):setting} {options.Steps} needs as many rows of inputs, the data have {covered}: ",
                $"name those that are known to come by {nameof(OrbitOptions.InputsFrom):setting}, or ask for fewer"));
    }

    private static void BeginAtZero(TrainedModel model)
    {
        IGenerativeModel inner = model.Generative is StandardizedModel units ? units.Model : model.Generative;
        if (inner is not RecurrentModel network || network.Latent == network.Read)
            throw new SettingException(SettingSentence.Join(
                $"{model.Path} has no units besides the observed ones that could begin at zero: ",
                $"leave {nameof(OrbitOptions.Latent):setting} out"));
        network.BeginUnobservedAtZero();
    }
}
