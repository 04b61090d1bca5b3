using Attractor.Data;

namespace Attractor.Runs;

/// <summary>What a sequential variational autoencoder learns from and is tested on.</summary>
/// <param name="Training">The training sequences.</param>
/// <param name="Validation">Those to evaluate on after every epoch, if there are any.</param>
/// <param name="Test">Those for the end, if the file has any.</param>
internal sealed record SequentialData(SequenceSet Training, SequenceSet? Validation, SequenceSet? Test) : TrainingData
{
    public static SequentialData Read(SequentialSettings settings)
    {
        if (settings.IsMusic)
        {
            if (settings.Validation is not null)
                throw new SettingException(
                    $"{settings.Data} has a validation part of its own: leave {nameof(settings.Validation):setting} out");
            SequenceSplit split = PianoRollFile.Read(settings.Data);
            return new(split.Train, split.Validation, split.Test);
        }
        DataReading reading = RecordingSource.Read(settings.Data, settings.Selection);
        SequenceSet? validation = settings.Validation is { } file
            ? Sequences(file, RecordingSource.Read(file, settings.Selection with { Variables = reading.NamedVariables, Array = null }))
            : null;
        return new(Sequences(settings.Data, reading), validation, null) { Reading = reading };
    }

    /// <summary>What was understood of the file; null of piano rolls.</summary>
    public DataReading? Reading { get; private init; }

    public override DataReading? Understood => Reading;

    public override IReadOnlyList<string>? Variables => Reading?.Variables;

    protected override bool AddTo(ValueHash hash)
    {
        foreach (SequenceSet? set in (SequenceSet?[])[Training, Validation, Test])
            foreach (TimeSeries sequence in set?.Sequences ?? [])
                hash.Add(sequence);
        return true;
    }

    /// <summary>The sequences of a file of numbers.</summary>
    /// <exception cref="ArgumentException">They cannot be learnt from; the message names the file.</exception>
    public static SequenceSet Sequences(string file, DataReading reading)
    {
        try
        {
            return new(reading.Trials);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{Path.GetFileName(file)}: {Line(e)}", e);
        }
    }

    // Without the name of the parameter, which means nothing to whoever types a command.
    private static string Line(ArgumentException e)
        => e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
}
