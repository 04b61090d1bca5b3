using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Runs;

// The network that the settings describe, what it begins with, and the memory that takes.
public sealed partial record RecurrentSettings
{
    /// <summary>The same with the strength of forcing that the data ask for, if it is theirs to say.</summary>
    /// <param name="trials">What the network learns from.</param>
    internal RecurrentSettings ForcedBy(IReadOnlyList<TimeSeries> trials)
        => (Forcing ?? ForcingByDefault) is ForcingRule.Gtf && Alpha is null && !IsEncoded
        ? this with { Alpha = Adaptive is not null ? 1 : LocalExpansion.ForcingStrength(LocalExpansion.Of(trials, Sequence)) }
        : this;

    /// <summary>
    /// The same as its observations are observed: with the number of their levels, and without what is done to real numbers alone.
    /// </summary>
    /// <exception cref="SettingException">The data hold what cannot be observed so.</exception>
    internal RecurrentSettings Observing(IReadOnlyList<TimeSeries> trials)
    {
        if (!IsEncoded)
            return this;
        if (Modalities is not null)
            return ObservingEach(trials);
        int levels = ObservedValues.HaveLevels(Observation) ? Levels ?? ObservedValues.LevelsOf(trials) : 1;
        RecurrentSettings observing = this with
        {
            Levels = levels > 1 ? levels : null,
            Standardize = StandardizeRule.No,
            Smooth = SmoothingRule.No,
        };
        ObservedValues.Require(observing.CreateObservation()!, [.. Enumerable.Range(0, trials[0].Dimension)], trials);
        return observing;
    }

    // The same of several modalities, whose levels are said and whose columns are known.
    private RecurrentSettings ObservingEach(IReadOnlyList<TimeSeries> trials)
    {
        IReadOnlyList<ModalityRequest> parts = ModalityRequest.Parse(Modalities!);
        IReadOnlyList<int[]> columns = ModalityRequest.ColumnsOf(parts, trials[0].Names);
        ModalityRequest[] resolved = [.. parts.Select((part, i) => part.HasLevels
            ? part with { Levels = part.Levels ?? ObservedValues.LevelsOf(trials, columns[i]) } : part)];
        if (ModalityWeights is { } weights && weights.Count != parts.Count)
            throw new SettingException(SettingSentence.Join(
                $"{nameof(ModalityWeights):setting} has {weights.Count} numbers, and {nameof(Modalities):setting} {parts.Count} parts"));
        for (int i = 0; i < resolved.Length; i++)
        {
            ObservedValues.Require(resolved[i].Model, columns[i], trials);
            if (Precision is Precision.Float32)
                ObservedValues.RequireDistinct(resolved[i].Model, columns[i], trials);
        }
        return this with
        {
            Modalities = ModalityRequest.Text(resolved),
            VariableNames = trials[0].Names,
            Standardize = StandardizeRule.No,
            Smooth = SmoothingRule.No,
        };
    }

    /// <summary>The names of the variables, which the modalities are told by.</summary>
    internal IReadOnlyList<string>? VariableNames { get; init; }

    private ObservationModel? CreateObservation() => Observation switch
    {
        StateObservation.Ordinal => ObservationModel.Ordinal(Levels ?? 2),
        StateObservation.Categorical => ObservationModel.Categorical(Levels ?? 2),
        _ => ObservationModel.Find(KebabCase.Of(Observation)),
    };

    /// <summary>A network with initial parameters, of resolved settings.</summary>
    public RecurrentModel CreateModel(int observed) => Create(observed, (ulong)Seed);

    /// <summary>Gives a network what it begins with, of resolved settings.</summary>
    internal void Begin(RecurrentModel model, IReadOnlyList<TimeSeries> trials) => Begin(model, trials, (ulong)Seed);

    /// <summary>Another beginning of the same training, of resolved settings.</summary>
    /// <param name="trials">What it learns from.</param>
    /// <param name="draw">Which, from 1.</param>
    /// <param name="inputUnits">What its inputs are standardised by.</param>
    internal RecurrentModel Beginning(IReadOnlyList<TimeSeries> trials, int draw, Standardization? inputUnits)
    {
        // Apart from the seeds that people count up.
        ulong seed = (ulong)Seed + ((ulong)draw << 40);
        RecurrentModel model = Create(trials[0].Dimension, seed);
        model.InputUnits = inputUnits;
        Begin(model, trials, seed);
        return model;
    }

    private RecurrentModel Create(int observed, ulong seed)
    {
        RequireMemory(observed);
        return RecurrentModel.Create(Model, SizesOf(observed, LatentOf(observed), Hidden, Bases), seed);
    }

    // Units with an output: of an affine observation as many as published for sixty-four channels.
    private int LatentOf(int observed)
    {
        const int ReadByDefault = 16;
        return Latent ?? (IsMapped
            ? ReadByDefault * RecurrentModel.StatesOfUnit(Model)
            : Defaults.LatentOf(observed));
    }

    // Of another than the identity the units that are read.
    private int ReadOf(int latent)
        => IsMapped ? Math.Max(1, latent / RecurrentModel.StatesOfUnit(Model)) : 0;

    // A cell of one's own that has others says itself that it lacks them.
    private Dictionary<string, int> SizesOf(int observed, long latent, long hidden, long bases)
    {
        Dictionary<string, long> known = new()
        {
            ["observed"] = observed,
            ["latent"] = latent,
            ["hidden"] = hidden,
            ["rectified"] = Rectified ?? Math.Min(FewRectified, latent),
            ["bases"] = bases,
            ["inputs"] = Inputs?.Count ?? 0,
            ["read"] = ReadOf((int)latent),
        };
        List<string> names = [.. RecurrentModel.SizesOf(Model), "inputs", "read"];
        if (IsEncoded)
            foreach ((string size, int levels) in ObservationSizes(observed))
            {
                known[size] = levels;
                names.Add(size);
            }
        return names.Where(known.ContainsKey).ToDictionary(s => s, s => (int)known[s]);
    }

    private IEnumerable<(string Size, int Levels)> ObservationSizes(int observed)
    {
        if (Modalities is null)
            return [(KebabCase.Of(Observation), Levels ?? (ObservedValues.HaveLevels(Observation) ? 2 : 1))];
        IReadOnlyList<ModalityRequest> parts = ModalityRequest.Parse(Modalities);
        IReadOnlyList<int[]> columns = ModalityRequest.ColumnsOf(
            parts, VariableNames ?? [.. Enumerable.Range(1, observed).Select(n => FormattableString.Invariant($"x{n}"))]);
        return parts.Select((part, i) => (Modality.SizeOf(part.Model, columns[i]), part.Model.Levels ?? 1));
    }

    // A model has its modalities in the order of their columns, people name them in any.
    private IReadOnlyList<double>? WeightsInOrder()
    {
        if (ModalityWeights is not { } weights || Modalities is not { } modalities || VariableNames is not { } names)
            return ModalityWeights;
        IReadOnlyList<int[]> columns = ModalityRequest.ColumnsOf(ModalityRequest.Parse(modalities), names);
        return [.. weights.Select((weight, i) => (Weight: weight, First: columns[i][0])).OrderBy(w => w.First).Select(w => w.Weight)];
    }

    private void Begin(RecurrentModel model, IReadOnlyList<TimeSeries> trials, ulong seed)
    {
        // States are where the encoder puts them.
        IReadOnlyList<TimeSeries> states = model.Modalities.Count > 0 && Start != StartingParameters.Data
            ? DataDrivenStart.ApplyEncoder(model, trials) : trials;
        double[] values = [.. states.SelectMany(t => t.Values.ToArray()).Where(double.IsFinite).DefaultIfEmpty()];
        model.PlaceWithin(values.Min(), values.Max(), seed);
        if (Start == StartingParameters.Data)
            new DataDrivenStart().Apply(model, trials, seed);
    }

    /// <summary>Refuses sequences that are longer than the data without a gap.</summary>
    /// <exception cref="SettingException">They are; the message says what fits.</exception>
    internal void RequireWindow(IReadOnlyList<TimeSeries> trials)
    {
        // Its samples go on over gaps.
        if (Missing is MissingValues.Model)
            return;
        int longest = trials.SelectMany(t => t.WholeStretches()).Select(s => s.Length).DefaultIfEmpty().Max();
        if (longest > Sequence)
            return;
        FormattableString remedy = longest > 1
            ? $"{nameof(Sequence):setting} {longest - 1} fits"
            : (FormattableString)$"fill the gaps, or take longer recordings";
        throw new SettingException(SettingSentence.Join(
            $"{nameof(Sequence):setting} {Sequence} takes {Sequence + 1L} rows in a row, but the longest run of rows without a gap has ",
            $"{longest}: {remedy}"));
    }

    // Before anything is allocated: a size with a slip of the finger would otherwise take the machine with it.
    private void RequireMemory(int observed)
    {
        int latent = LatentOf(observed);
        MemoryNeed.Require(m => Bytes(Math.Max(m, observed), 1, 1, 1), latent, $"{nameof(Latent):setting}");
        if (HasHiddenUnits)
            MemoryNeed.Require(h => Bytes(latent, h, 1, 1), Hidden, $"{nameof(Hidden):setting}");
        if (Has("bases"))
            MemoryNeed.Require(n => Bytes(latent, 1, n, 1), Bases, $"{nameof(Bases):setting}");
        MemoryNeed.Require(b => Bytes(latent, Hidden, Bases, b), Batch, $"{nameof(Batch):setting}");

        double Bytes(long m, long hidden, long bases, double batch)
        {
            // Values, gradient, rest, moments, what is kept of them and the packed weights; the states of a batch and their gradients; the
            // products of hidden units, of which a start from the data solves.
            const int CopiesOfParameters = 10, CopiesOfStates = 3, CopiesOfStatistics = 3;
            // Of sizes that cannot be, the message of the kind says more.
            double parameters = Count(m, hidden, bases) ?? 0,
                fitted = Start == StartingParameters.Data ? CopiesOfStatistics * (double)hidden * hidden : 0;
            return sizeof(double) * (fitted + (CopiesOfParameters * parameters)
                + (CopiesOfStates * batch * (Sequence + 1.0) * (observed + m + (HasHiddenUnits ? hidden : 0))));
        }

        // Null where there would be more than there can be, or where the sizes are not those of the kind, as its own message says.
        double? Count(long m, long hidden, long bases)
        {
            try
            {
                return RecurrentModel.CountParameters(Model, SizesOf(observed, m, hidden, bases));
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }
}
