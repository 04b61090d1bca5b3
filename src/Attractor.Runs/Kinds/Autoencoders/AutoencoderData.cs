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

    /// <summary>The test table, if there is one.</summary>
    public TimeSeries? TestTable { get; init; }

    /// <summary>Rows and columns of an image.</summary>
    public (int Height, int Width)? Image => Images is { } images && images.Height > 1 ? (images.Height, images.Width) : null;

    public static AutoencoderData Read(AutoencoderSettings settings)
    {
        if (settings is { TestLabels: not null, TestImages: null })
            throw new SettingException($"{nameof(settings.TestLabels):setting} needs {nameof(settings.TestImages):setting}");
        if (settings.IsTable)
        {
            TimeSeries table = SeriesFile.Read(settings.Data, 1);
            TimeSeries? other = settings.TestData is { } file ? SeriesFile.Read(file, 1) : null;
            return new()
            {
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

    /// <summary>Images as samples; rounded ones are rounded once and for all.</summary>
    public static SampleSet Samples(ImageSet images, Binarization binarization)
        => binarization == Binarization.Rounded ? SampleSet.Of(images.Binarize(binarization)) : SampleSet.Of(images, binarization);
}
