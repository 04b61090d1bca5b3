using Attractor.Data;
using Attractor.Learning;

namespace Attractor.Runs;

/// <summary>What a variational autoencoder learns from and is tested on: images, or the rows of tables.</summary>
internal sealed record AutoencoderData : TrainingData
{
    /// <summary>The training samples as they are learnt from.</summary>
    public required SampleSet Training { get; init; }

    /// <summary>The test samples, if there are any.</summary>
    public SampleSet? Test { get; init; }

    /// <summary>The training images; null of a table.</summary>
    public ImageSet? Images { get; init; }

    /// <summary>The test images, if there are any.</summary>
    public ImageSet? TestImages { get; init; }

    /// <summary>The training table; null of images.</summary>
    public TimeSeries? Table { get; init; }

    /// <summary>The training table where it stays on disk.</summary>
    public StreamedRows? Streamed { get; init; }

    /// <summary>The test table, if there is one.</summary>
    public TimeSeries? TestTable { get; init; }

    /// <summary>Rows and columns of an image.</summary>
    public (int Height, int Width)? Image => Images is { } images && images.Height > 1 ? (images.Height, images.Width) : null;

    /// <summary>What was understood of the training table; null of images.</summary>
    public DataReading? Reading { get; private init; }

    public override DataReading? Understood => Reading;

    public override IReadOnlyList<string>? Variables => Streamed?.Variables ?? Table?.Names;

    protected override bool AddTo(ValueHash hash)
    {
        if (Streamed is { } rows)
            hash.Add(rows.Rows);
        foreach (TimeSeries? table in (TimeSeries?[])[Table, TestTable])
            if (table is not null)
                hash.Add(table);
        foreach (ImageSet? images in (ImageSet?[])[Images, TestImages])
            if (images is not null)
                hash.Add(images);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Streamed?.Dispose();
        base.Dispose(disposing);
    }

    public static AutoencoderData Read(
        AutoencoderSettings settings, IProgress<TableProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (settings is { TestLabels: not null, TestImages: null })
            throw new SettingException($"{nameof(settings.TestLabels):setting} needs {nameof(settings.TestImages):setting}");
        if (settings is { IsTable: true, Stream: true })
        {
            StreamedRows rows = StreamedRows.Read(settings, takesTrials: false, progress, cancellationToken);
            TimeSeries? held = settings.TestData is { } tested
                ? Rows(tested, DataFile.Read(tested, new() { Variables = rows.Variables }))
                : null;
            return new()
            {
                Training = SampleSet.Of(rows.Rows),
                Test = held is null ? null : SampleSet.Of(held),
                Streamed = rows,
                TestTable = held,
            };
        }
        if (settings.IsTable)
        {
            DataReading reading = DataFile.Read(settings.Data, settings.Selection);
            TimeSeries table = Rows(settings.Data, reading);
            TimeSeries? other = settings.TestData is { } file
                ? Rows(file, DataFile.Read(file, settings.Selection with { Variables = reading.NamedVariables, Array = null }))
                : null;
            return new()
            {
                Reading = reading,
                Training = SampleSet.Of(table),
                Test = other is null ? null : SampleSet.Of(other),
                Table = table,
                TestTable = other
            };
        }
        DigitFiles? drawn = settings.Data == AutoencoderSettings.DrawnDigits ? DigitFiles.Drawn() : null;
        ImageSet images = drawn?.Training ?? ImageFile.Read(settings.Data, settings.Labels);
        ImageSet? test = settings.TestImages is { } path ? ImageFile.Read(path, settings.TestLabels) : drawn?.Test;
        // The pixels of a test are drawn once: a bound is compared from epoch to epoch.
        return new()
        {
            Training = Samples(images, settings.Binarization),
            Test = test is null ? null : Samples(test, settings.Binarization),
            Images = images,
            TestImages = test,
        };
    }

    /// <summary>All rows of a table: parts between gaps are no trials to it.</summary>
    /// <exception cref="InvalidDataException">There are several tables.</exception>
    public static TimeSeries Rows(string file, DataReading reading)
    {
        if (reading.Trials.Count == 1)
            return reading.Trials[0];
        if (reading.Gaps == 0 && !reading.Columns.Any(column => column.Role == ColumnRole.Trial))
            throw new InvalidDataException(
                $"{Path.GetFileName(file)}: holds {reading.Trials.Count} arrays, expected one table; save the one that is meant");
        return new([.. reading.Trials.SelectMany(trial => trial.Values.ToArray())], reading.Variables.Count, names: reading.Variables);
    }

    /// <summary>Images as samples; rounded ones are rounded once and for all.</summary>
    public static SampleSet Samples(ImageSet images, Binarization binarization)
        => binarization == Binarization.Rounded ? SampleSet.Of(images.Binarize(binarization)) : SampleSet.Of(images, binarization);
}
