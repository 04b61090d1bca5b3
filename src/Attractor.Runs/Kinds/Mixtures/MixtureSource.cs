using Attractor.Data;
using Attractor.Models;

namespace Attractor.Runs;

/// <summary>A fitted mixture, with what its run says of its data.</summary>
internal sealed class MixtureSource
{
    private MixtureSource(TrainedModel source, Mixture model, MixtureSettings? settings)
        => (Source, Model, Settings) = (source, model, settings);

    public TrainedModel Source { get; }

    public Mixture Model { get; }

    /// <summary>The settings of its run; null for a bare file.</summary>
    public MixtureSettings? Settings { get; }

    /// <summary>What its run says of it.</summary>
    public static MixtureSource Of(TrainedModel source) => new(source, (Mixture)source.Model, source.Settings as MixtureSettings);

    /// <summary>The file that is named, else that of the run.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public string File(string? named) => named
        ?? Settings?.Data ?? throw new ArgumentException($"{Source.Path} does not say what it was trained on: name a file of data");

    private IReadOnlyList<ColumnRequest> Columns => [.. Model.Blocks.SelectMany(b => b.Requests)];

    /// <summary>Rows of the model's columns from a file.</summary>
    public Table Read(string file) => TableFile.Read(file, Columns);

    /// <summary>The same, of files that need not fit in memory: to be disposed.</summary>
    public RowStore Open(string file, CancellationToken token) => RowStore.Create(file, Columns, null, token);
}
