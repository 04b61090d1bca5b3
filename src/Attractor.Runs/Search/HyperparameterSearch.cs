using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>One search: what varies, and how it is scored.</summary>
internal sealed class HyperparameterSearch
{
    public const string MeanSquaredError = "mse", ValidPrediction = "vpt";

    private const string Repeats = "repeats";

    private const int MostNetworks = 1_000_000, Starts = 25;

    /// <summary>The settings that may vary, and the others.</summary>
    public static SettingsForm Form { get; } = SettingsForm.Of<ReservoirSettings>();

    private readonly ReservoirSettings _settings;
    private readonly IReadOnlyList<StudyDimension> _dimensions;
    private readonly ReservoirSearch _search;

    public HyperparameterSearch(
        ReservoirSettings settings, IReadOnlyList<StudyDimension> dimensions, string score, double test, int repeats)
    {
        (_dimensions, Score) = (dimensions, score);
        _settings = settings;
        CheckEnds();
        IReadOnlyList<TimeSeries> series = SeriesData.Read(settings).Trials;
        series = DataUnits.Apply(DataUnits.Of(settings.Standardize, series), series);
        List<TimeSeries> training = [], tests = [];
        foreach (TimeSeries trial in series)
        {
            if (trial.FindNonFinite() is { } found)
                throw new ArgumentException($"{settings.Data} holds {found}: a reservoir cannot be driven with gaps; fill them");
            int rows = (int)Math.Round((1 - test) * trial.Length);
            if (rows < 2 || trial.Length - rows < 2)
                throw new ArgumentException($"{settings.Data}: {trial.Length} rows are too few to train on one part and test on another");
            training.Add(trial.Slice(0, rows));
            tests.Add(trial.Slice(rows, trial.Length - rows));
        }
        training = [.. DataNoise.Apply(DataNoise.Of(settings.Smooth, training), training)];
        _settings = settings.Resolve(training.Max(t => t.Length) - 1);
        ReadoutOptions readout = _settings.ToReadoutOptions();
        int drop = Math.Min(readout.Washout, tests.Max(t => t.Length) / 2);
        _search = new()
        {
            Create = options => new(series[0].Dimension, options, settings.ToFeatures()),
            Series = [.. training.Select(TeachingSeries.NextStep)],
            Readout = readout,
            Repetitions = repeats,
            Score = network => tests.Average(t => score == MeanSquaredError
                ? OneStepError.Of(network, TeachingSeries.NextStep(t), drop)
                : ValidPredictionTime.All(network, t, Starts).Average()),
        };
    }

    // A range that reaches beyond what a setting takes is refused before the first draw, not at the first draw beyond.
    private void CheckEnds()
    {
        double[] first = [.. _dimensions.Select(d => d.Ends[0])];
        for (int d = 0; d < first.Length; d++)
            foreach (double value in _dimensions[d].Ends)
            {
                double[] values = [.. first];
                values[d] = value;
                Candidate(values).Reservoir.Check();
            }
    }

    public string Score { get; }

    public string Data => _settings.Data;

    private string ScoreLabel => Score == MeanSquaredError ? "one-step test MSE" : "valid prediction time, steps";

    public IReadOnlyList<ReservoirTrial> Try(int trials, IProgress<string>? messages, CancellationToken token)
    {
        List<ReservoirCandidate> candidates = [];
        bool drawn = _dimensions.Any(d => d.IsRange);
        if (drawn && trials > GridSampler.MostPoints)
            throw new SettingException($"{nameof(trials):setting} takes at most {GridSampler.MostPoints}, not {trials}");
        StudySpace space = new(_dimensions);
        StudySampler sampler = drawn ? new RandomSampler() : new GridSampler();
        long count = sampler.CountOf(space) ?? trials;
        RequireFew(count);
        for (long i = 0; i < count; i++)
            candidates.Add(Candidate(sampler.Sample(space, _settings.Seed, i, [])));
        return _search.Run(candidates, messages is null ? null : new Reporter(messages), token);
    }

    public IReadOnlyList<ReservoirTrial> Line(double factor, double limit, IProgress<string>? messages, CancellationToken token)
    {
        if (_dimensions.FirstOrDefault(d => d.Varies) is { } varying)
            throw new SettingException($"{nameof(Line):setting} varies the units alone: give {varying.Setting.Property:setting} one value");
        if (Score != MeanSquaredError)
            throw new SettingException($"{nameof(Line):setting} goes by the mse: leave {nameof(Score):setting} out");
        RequireFew(1);
        return _search.Line(
            Candidate([.. _dimensions.Select(d => d.Ends[0])]),
            factor,
            limit,
            messages is null ? null : new LineReporter(messages),
            token);
    }

    public ReservoirTrial? Best(IReadOnlyList<ReservoirTrial> trials) => Ranked(trials).FirstOrDefault(t => double.IsFinite(t.Mean));

    public IEnumerable<ReservoirTrial> Ranked(IReadOnlyList<ReservoirTrial> trials)
        => trials.OrderBy(t => !double.IsFinite(t.Mean) ? double.PositiveInfinity : Score == MeanSquaredError ? t.Mean : -t.Mean);

    public static string Describe(ReservoirTrial trial) => string.Create(
        CultureInfo.InvariantCulture,
        $"{trial.Mean,12:G5} +- {trial.StandardDeviation,-9:G3} units {trial.Candidate.Reservoir.Units}  leak "
        + $"{trial.Candidate.Reservoir.Leak:G3}  spectral radius {trial.Candidate.Reservoir.SpectralRadius:G3}  input scale "
        + $"{trial.Candidate.Reservoir.InputScale:G3}  bias scale {trial.Candidate.Reservoir.BiasScale:G3}  ridge "
        + $"{trial.Candidate.Ridge:G3}");

    public static JsonObject ToJson(ReservoirTrial trial) => new()
    {
        ["units"] = trial.Candidate.Reservoir.Units,
        ["leak"] = Json.Number(trial.Candidate.Reservoir.Leak),
        ["spectral_radius"] = Json.Number(trial.Candidate.Reservoir.SpectralRadius),
        ["input_scale"] = Json.Number(trial.Candidate.Reservoir.InputScale),
        ["bias_scale"] = Json.Number(trial.Candidate.Reservoir.BiasScale),
        ["connectivity"] = trial.Candidate.Reservoir.Connectivity is { } c ? Json.Number(c) : null,
        ["ridge"] = Json.Number(trial.Candidate.Ridge),
        ["mean"] = Json.Number(trial.Mean),
        ["standard_deviation"] = Json.Number(trial.StandardDeviation),
        ["scores"] = new JsonArray([.. trial.Scores.Select(Json.Number)]),
    };

    /// <summary>A candidate as a config for <c>train esn</c>: what was given, and what was chosen.</summary>
    public JsonObject Settings(ReservoirCandidate candidate)
    {
        JsonObject json = [];
        ReservoirSettings chosen = With(candidate);
        foreach (Setting setting in Form.All)
            if (setting.IsSearched || setting.Property == nameof(ModelSettings.Seed) || !Equals(setting.Get(chosen), setting.Default))
                if (setting.Get(chosen) is { } value)
                    json[setting.Key] = setting.Write(value);
        return json;
    }

    public void Write(string path, IReadOnlyList<ReservoirTrial> trials)
    {
        List<Element> figures = [];
        foreach (StudyDimension dimension in _dimensions.Where(d => d.Varies))
            figures.Add(Figure(dimension.Setting, trials, dimension.IsOfScale, joined: _dimensions.Count(d => d.Varies) == 1));
        if (figures.Count == 0)
        {
            figures.Add(Figure(Form.Find("units")!, trials, logX: false, joined: true));
            figures.Add(Figure(Form.Find("units")!, trials, logX: true, joined: true));
        }
        TableElement table = new(
            ["units#", "leak#", "spectral radius#", "input scale#", "bias scale#", "ridge#", "mean#", "standard deviation#"],
            [.. Ranked(trials).Take(100).Select(t => (IReadOnlyList<string>)
            [
                Number(t.Candidate.Reservoir.Units),
                Number(t.Candidate.Reservoir.Leak),
                Number(t.Candidate.Reservoir.SpectralRadius),
                Number(t.Candidate.Reservoir.InputScale),
                Number(t.Candidate.Reservoir.BiasScale), Number(t.Candidate.Ridge), Number(t.Mean), Number(t.StandardDeviation),
            ])]);
        List<Element> rows = [.. figures.Chunk(2).Select(pair => pair.Length == 2 ? new Row(pair) : pair[0])];
        new Report(
            $"Hyperparameters of an echo state network: {Path.GetFileName(Data)}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{trials.Count} choices, {trials[0].Scores.Count} networks each; scored by the {ScoreLabel} on the part "
                + $"that was kept back."),
            [new("Score", rows), new("Trials, the best first", [table])]).Save(path);
    }

    private void RequireFew(long choices)
    {
        if (choices * _search.Repetitions > MostNetworks)
            throw new SettingException(SettingSentence.Join(
                $"{choices} choices of {_search.Repetitions} networks each are more than {MostNetworks} networks: ",
                $"lower {Repeats:setting} or the choices"));
    }

    private LineFigure Figure(Setting setting, IReadOnlyList<ReservoirTrial> trials, bool logX, bool joined)
    {
        string name = setting.Key.Replace('_', ' ');
        bool wide = trials
            .Where(t => t.Mean > 0)
            .Select(t => t.Mean)
            .DefaultIfEmpty(1)
            .Max() > 30 * trials.Where(t => t.Mean > 0).Select(t => t.Mean).DefaultIfEmpty(1).Min();
        return SearchFigures.ErrorBars(
            $"Over the {name}{(logX ? ", logarithmic" : "")}",
            "Mean and standard deviation over the networks of each choice.",
            name,
            ScoreLabel,
            [.. trials.Select(t => (Convert.ToDouble(setting.Get(With(t.Candidate)) ?? double.NaN, CultureInfo.InvariantCulture), t))],
            logX,
            joined,
            Score == MeanSquaredError && wide);
    }

    private ReservoirCandidate Candidate(double[] values)
    {
        ReservoirSettings chosen = (ReservoirSettings)Form.With(
            _settings, _dimensions.Select((d, i) => (d.Setting, (object?)d.ToSetting(values[i]))));
        return new(chosen.ToReservoirOptions(), chosen.Ridge);
    }

    private ReservoirSettings With(ReservoirCandidate candidate) => _settings with
    {
        Units = candidate.Reservoir.Units,
        Leak = candidate.Reservoir.Leak,
        SpectralRadius = candidate.Reservoir.SpectralRadius,
        InputScale = candidate.Reservoir.InputScale,
        BiasScale = candidate.Reservoir.BiasScale,
        Connectivity = candidate.Reservoir.Connectivity,
        Ridge = candidate.Ridge,
    };

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private sealed class Reporter(IProgress<string> messages) : IProgress<(int Done, int Of)>
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly Lock _lock = new();
        private double _last;

        public void Report((int Done, int Of) value)
        {
            lock (_lock)
            {
                double now = _clock.Elapsed.TotalSeconds;
                if (now - _last < 2 || value.Done == 0)
                    return;
                _last = now;
                messages.Report(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{value.Done} of {value.Of} networks, "
                    + $"{value.Done / now:G3}/s, {(value.Of - value.Done) * now / value.Done:F0} s left"));
            }
        }
    }

    private sealed class LineReporter(IProgress<string> messages) : IProgress<ReservoirTrial>
    {
        public void Report(ReservoirTrial value) => messages.Report(Describe(value));
    }
}
