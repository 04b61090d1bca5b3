#!/usr/bin/env dotnet
#:property AssemblyName=variational-autoencoder
#:project ../src/Attractor

// A variational autoencoder with two latent variables learns digits that the program draws, says how good it is, and draws some itself.
// usage: dotnet run examples/variational_autoencoder.cs [epochs]

using Attractor.Data;
using Attractor.Evaluation;
using Attractor.Learning;
using Attractor.Models;

int epochs = args.Length > 0 ? int.Parse(args[0]) : 25;

SampleSet digits = SampleSet.Of(DrawnDigits.Draw(6000, seed: 1).Binarize(Binarization.Rounded)),
    held = SampleSet.Of(DrawnDigits.Draw(500, seed: 2).Binarize(Binarization.Rounded));
VariationalAutoencoder model = new(new()
{
    Observed = DrawnDigits.Side * DrawnDigits.Side,
    Layers = [256, 128],
    Latent = 2,
    Image = (DrawnDigits.Side, DrawnDigits.Side),
    Seed = 1
});
Console.WriteLine($"{model.Description}: {model.ParameterCount:N0} parameters");

AutoencoderTraining.Fit(
    model, digits, held, new() { Epochs = epochs, LearningRate = LearningRateSchedule.Exponential(3e-3, 3e-4), Seed = 1 },
    callbacks: new()
    {
        Epoch = e => Console.WriteLine($"epoch {e.Epoch,2}: ELBO {-e.Loss:F2} nats an image in training, {-e.TestLoss:F2} in the test")
    });

// The ELBO is the bound by one draw of z; more draws bring it nearer to log p(x).
foreach (ImportanceWeightedEstimate bound in ImportanceWeighting.Estimate(model, held.Take(200), [1, 10, 500], seed: 1))
    Console.WriteLine($"log p(x) >= {bound.Mean:F2} +- {bound.StandardError:F2} by K = {bound.Draws}, on 200 test images");

string picture = Path.Combine(Path.GetTempPath(), "variational-autoencoder.png");
Png.Write(picture, new ImageGrid { Columns = 12, Magnification = 2 }.Of(model.Sample(144, seed: 3), DrawnDigits.Side, DrawnDigits.Side));
Console.WriteLine($"144 samples: {picture}");

float[] sample = model.Sample(1, seed: 5);
for (int row = 2; row < DrawnDigits.Side - 2; row += 2)
    Console.WriteLine(string.Concat(Enumerable.Range(0, DrawnDigits.Side).Select(column =>
        " .:-=+*#%@"[(int)(9.99f * (sample[(row * DrawnDigits.Side) + column] + sample[((row + 1) * DrawnDigits.Side) + column]) / 2)])));
