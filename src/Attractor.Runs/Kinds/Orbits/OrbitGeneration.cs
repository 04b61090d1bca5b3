using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>Lets a model run freely, from a row of a series on.</summary>
internal sealed class OrbitGeneration()
    : Capability<OrbitOptions>(Verbs.Generate, $"it runs for {nameof(OrbitOptions.Steps):setting} rows by itself")
{
    private const string TimeName = "time";

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
        IGenerativeModel generating = Observing(model, options);
        TimeSeries orbit = Run(model, generating, options, data, row, driven, request.Selection);
        if (options.States is { } states)
            SeriesFile.Write(states, StatesOf(model, options, data, row + driven, driven));
        string path = request.Output ?? "generated.npy";
        SeriesFile.Write(path, Timed(path, orbit, model.Dt));
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
        TrainedModel model,
        IGenerativeModel generating,
        OrbitOptions options,
        TimeSeries data,
        int row,
        int driven,
        DataSelection? selection)
    {
        if (options.InputsFrom is { } file)
        {
            TimeSeries inputs = model.FutureInputs(file, selection);
            return inputs.Length >= options.Steps
                ? FreeRun.Along((IDrivenMap)generating, data, inputs.Slice(0, options.Steps), row, driven)
                : throw new SettingException(SettingSentence.Join(
                    $"{nameof(OrbitOptions.Steps):setting} {options.Steps} needs as many rows of inputs, {file} has {inputs.Length}: ",
                    $"ask for fewer, or name a longer file by {nameof(OrbitOptions.InputsFrom):setting}"));
        }
        long covered = data.Length - (long)row - driven;
        return !model.IsDriven || options.Steps <= covered
            ? generating.Generate(data, options.Steps, row, driven)
            : throw new SettingException(SettingSentence.Join(
                $"{nameof(OrbitOptions.Steps):setting} {options.Steps} needs as many rows of inputs, the data have {covered}: ",
                $"name those that are known to come by {nameof(OrbitOptions.InputsFrom):setting}, or ask for fewer"));
    }

    // From the row on that it sets out from, where the time step is known and the file names its columns.
    private static TimeSeries Timed(string path, TimeSeries orbit, double? dt)
    {
        if (dt is not { } step || SeriesFormat.Find(path) is not TableFormat || orbit.Names.Contains(TimeName))
            return orbit;
        int n = orbit.Dimension;
        double[] values = new double[orbit.Length * (n + 1)];
        for (int t = 0; t < orbit.Length; t++)
        {
            // To the digits of a time: multiples of a step have more.
            values[t * (n + 1)] = double.Parse((t * step).ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            orbit.Row(t).CopyTo(values.AsSpan((t * (n + 1)) + 1));
        }
        return new(values, n + 1, step, [TimeName, .. orbit.Names]);
    }

    // Row 0 is the state before the observation of the row is taken in, as everywhere.
    private static TimeSeries StatesOf(TrainedModel model, OrbitOptions options, TimeSeries data, int row, int driven)
    {
        IObservedMap map = model.Generative;
        bool isNetwork = map is RecurrentModel or StandardizedModel { Model: RecurrentModel };
        if (!isNetwork || options.InputsFrom is not null)
            throw new SettingException(SettingSentence.Join(
                $"{nameof(OrbitOptions.States):setting} are those of a recurrent network along the data that it sets out from: ",
                $"leave it out of other models, and where {nameof(OrbitOptions.InputsFrom):setting} names others"));
        MemoryNeed.RequireRows(options.Steps, map.Dimension, $"{nameof(OrbitOptions.Steps):setting}");
        double[] state = FreeRun.StateAt(map, data, row, driven), values = new double[options.Steps * map.Dimension];
        map = DrivenMap.Along(map, data.Inputs, row);
        for (int t = 0; t < options.Steps; t++)
        {
            if (t == 1)
                map.ForcedStep(state, data.Row(row), state);
            else if (t > 1)
                map.Step(state, state);
            state.CopyTo(values.AsSpan(t * map.Dimension));
        }
        return new(values, map.Dimension, data.Dt, [.. Enumerable.Range(1, map.Dimension).Select(i => $"z{i}")]);
    }

    // Counts are generated as counts.
    private static IGenerativeModel Observing(TrainedModel model, OrbitOptions options)
    {
        if (model.Generative is RecurrentModel { Modalities.Count: > 0 } network)
            return options.Means ? network : network.Drawn((ulong)options.Seed);
        return !options.Means && options.Seed == 0 ? model.Generative : throw new SettingException(SettingSentence.Join(
            $"{model.Path} generates real numbers, of which nothing is drawn: leave {nameof(OrbitOptions.Means):setting} and ",
            $"{nameof(OrbitOptions.Seed):setting} out"));
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
