using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Reports;
using Attractor.Storage;

namespace Attractor.Runs;

/// <summary>A conjugate mixture.</summary>
public sealed class MixtureKind : ModelKind
{
    /// <inheritdoc/>
    public override string Name => Mixture.KindName;

    /// <inheritdoc/>
    public override string Description
        => "A mixture of Gaussian, Poisson, Bernoulli and categorical columns by coordinate-ascent variational inference.";

    /// <inheritdoc/>
    public override string DataDescription
        => $"a table as {DataFiles.One}, with the columns x1, x2, ... where the file does not name them; missing values are marginalised";

    /// <inheritdoc/>
    public override bool CanBeDistributed => true;

    /// <inheritdoc/>
    public override SettingsForm Settings { get; } = SettingsForm.Of<MixtureSettings>();

    /// <inheritdoc/>
    public override IReadOnlyList<Capability> Capabilities { get; } =
    [
        new MixtureGeneration(),
        new MixtureEvaluation(),
        new MixtureReporting()
    ];

    /// <inheritdoc/>
    public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
        => MixtureData.Read((MixtureSettings)settings, progress, cancellationToken);

    /// <inheritdoc/>
    public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
    {
        MixtureData table = (MixtureData)data;
        MixtureSettings resolved = ((MixtureSettings)settings).WithColumns(table.Columns).Resolve(table.Rows);
        resolved.RequireMemory(table.Rows, table.Columns);
        Mixture model = resolved.CreateModel(table.Rows, table.Columns);
        if (resolved.IsStochastic)
            StochasticVariationalInference.Check(model, table.Rows, resolved.ToStochasticOptions());
        else
            CoordinateAscent.Check(model, table.Rows, resolved.ToOptions(table.Responsibilities));
        return new MixtureFitting(resolved, model, table, resolved.UnitsOf(table.Rows));
    }

    internal override Func<string, ModelFigures>? FiguresAt(ModelSettings settings, TrainingData data)
    {
        IRowSource rows = ((MixtureData)data).Rows;
        Mixture model = (Mixture)Prepare(settings, data).Model;
        string step = ((MixtureSettings)settings).IsStochastic ? "epoch" : "sweep";
        return file =>
        {
            if (ModelFigures.IsTrained(file))
            {
                Mixture trained = (Mixture)ModelFile.Load(file);
                (IReadOnlyList<ElboTerm> terms, IReadOnlyList<double> counts) = EvidenceLowerBound.Of(trained, rows);
                return new(Drawn(trained, terms, counts, RunFolder.ReadSweeps(Path.GetDirectoryName(file)!).GroupBy(s => s.Restart)
                    .OrderBy(g => g.Key).Select(g => g.Select(s => s.Elbo))), null);
            }
            MixtureState state = Checkpoint.Load<MixtureState>(file);
            // It looks for where to set out from.
            if (state.Traces.Count == 0)
                return new([], 0);
            state.CopyTo(model);
            return new(Drawn(model, [], state.Counts, state.Traces), state.Updates);
        };

        IReadOnlyList<Element> Drawn(
            Mixture mixture, IReadOnlyList<ElboTerm> terms, IReadOnlyList<double> counts, IEnumerable<IEnumerable<double>> bounds)
            => (MixtureFigures.Of(mixture, rows, terms, counts) with
            {
                Step = step,
                Restarts = [.. bounds.Select(b => b.ToArray()).Select(
                    b => new RestartTrace([.. Enumerable.Range(0, b.Length).Select(i => (double)i)], b))],
            }).Figures();
    }

    internal override DataSelection? Chosen(DataSelection? selection) => selection is null ? null
        : throw new ArgumentException("a mixture reads the columns that it was fitted to, by their names: leave the choice of columns out");

    /// <inheritdoc/>
    public override IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings) =>
    [
        ("generate", $"attractor generate {run} --count 1000 -o samples.csv"),
        ("evaluate", $"attractor evaluate {run} --responsibilities responsibilities.csv"),
    ];
}
