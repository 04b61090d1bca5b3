using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Probability.OnTape;

public sealed class OnTapeTests
{
    [Fact]
    public void Log_densities_broadcast_and_their_gradients_agree_with_central_differences()
    {
        // x is 3 x 2, the shape a row, the rate a column.
        double[] at = [0.3, 1.2, 2.5, 0.7, 4, 1, 2, 3.5, 0.5, 1, 1.5];
        static Variable<double> Sum(Tape<double> tape, Variable<double> v)
            => (LogDensity<Gamma>.Of(v.SliceColumns(0, 6).Reshape(3, 2), v.SliceColumns(6, 2), v.SliceColumns(8, 3).Transpose()) * 0.5)
                .Square()
                .Sum();
        Assert.InRange(Gradient.Check(Sum, new(1, 11), at).RelativeError, 0, 1e-8);
        using Tape<double> tape = new();
        Variable<double> log = LogDensity<Gamma>.Of(tape.Constant(new(2, 1), [0.3, 2]), tape.Constant(3), tape.Constant(new(1, 2), [1, 2]));
        Assert.Equal(new Shape(2, 2), log.Shape);
        Assert.Equal(
            [new Gamma(3, 1).LogDensity(0.3), new Gamma(3, 2).LogDensity(0.3), new Gamma(3, 1).LogDensity(2), new Gamma(3, 2)
                .LogDensity(2)],
            log.Value.ToArray());
    }

    [Fact]
    public void Outside_the_support_there_is_no_density_and_no_gradient()
    {
        using Tape<double> tape = new();
        Variable<double> rate = tape.Variable(new(1, 1), [2]);
        Variable<double> log = LogDensity<Attractor.Probability.Exponential>.Of(tape.Constant(new(2, 1), [-1, 1]), rate);
        Assert.Equal(double.NegativeInfinity, log.Value[0]);
        tape.Backward(log, [1, 1]);
        Assert.Equal(0.5 - 1, rate.Gradient[0], 1e-15);
    }

    [Fact]
    public void Entropies_and_divergences_are_differentiated_with_respect_to_all_parameters()
    {
        static Variable<double> Sum(Tape<double> tape, Variable<double> v)
        {
            Variable<double> a = v.SliceColumns(0, 1), b = v.SliceColumns(1, 1), c = v.SliceColumns(2, 1), d = v.SliceColumns(3, 1);
            return KullbackLeibler<Gamma>.Of([a, b], [c, d]) + Entropy<Beta>.Of(a, d) + KullbackLeibler<Bernoulli>.Of([a], [c]);
        }
        Assert.InRange(Gradient.Check(Sum, new(1, 4), [3, 2, 2, 0.5]).RelativeError, 0, 1e-8);
        using Tape<double> tape = new();
        Assert.Equal(
            0.75222587677830,
            KullbackLeibler<Gamma>.Of([tape.Constant(3), tape.Constant(2)], [tape.Constant(2), tape.Constant(0.5)]).Scalar,
            1e-13);
    }

    [Fact]
    public void Samples_move_with_their_parameters()
    {
        using Tape<double> tape = new();
        Variable<double> mean = tape.Variable(new(1, 1), [3]), deviation = tape.Variable(new(1000, 1), [.. Enumerable.Repeat(0.5, 1000)]);
        Variable<double> z = ReparameterizedSample<Normal>.Of(new RandomStream(1, "samples"), mean, deviation);
        Assert.Equal(new Shape(1000, 1), z.Shape);
        tape.Backward(z.Sum());
        Assert.Equal(1000, mean.Gradient[0], 1e-9);
        for (int i = 0; i < 1000; i++)
            Assert.Equal((z.Value[i] - 3) / 0.5, deviation.Gradient[i], 1e-12);
        // At fixed noise: the tangent of a gamma sample is the implicit one, seen through what is computed from it.
        Variable<double> shape = tape.Variable(new(1, 1), [2.5]),
            g = ReparameterizedSample<Gamma>.Of(new RandomStream(2, "samples"), shape, tape.Constant(1)), y = g.Log();
        double[] expected = new double[2];
        new Gamma(2.5, 1).SampleGradient(g.Scalar, expected);
        Assert.Equal(expected[0] / g.Scalar, tape.JacobianVectorProduct(y, shape, [1])[0], 1e-14);
    }

    [Fact]
    public void Samples_of_one_parameter_move_with_it()
    {
        using Tape<double> tape = new();
        Variable<double> rate = tape.Variable(new(2, 2), [0.5, 1, 2, 4]);
        Variable<double> z = ReparameterizedSample<Attractor.Probability.Exponential>.Of(new RandomStream(1, "samples"), rate);
        Assert.Equal(new Shape(2, 2), z.Shape);
        tape.Backward(z.Sum());
        // At fixed noise rate times sample is a number of its own.
        for (int i = 0; i < 4; i++)
            Assert.Equal(-z.Value[i] / rate.Value[i], rate.Gradient[i], 1e-12);
    }

    [Fact]
    public void Float32_goes_through_float64()
    {
        using Tape<float> tape = new();
        Variable<float> x = tape.Variable(new(1, 2), [0.5f, 2]);
        Variable<float> log = LogDensity<Normal>.Of(x, tape.Constant(1), tape.Constant(2));
        Assert.Equal((float)new Normal(1, 2).LogDensity(0.5), log.Value[0]);
        tape.Backward(log.Sum());
        Assert.Equal([0.125f, -0.25f], x.Gradient.ToArray());
    }

    [Fact]
    public void Wrong_numbers_of_parameters_and_parameters_outside_their_domain_are_named()
    {
        using Tape<double> tape = new();
        Variable<double> x = tape.Constant(1), bad = tape.Constant(-1);
        Assert.Contains(
            "mean, standard deviation, that is 2; found 1",
            Assert.Throws<ArgumentException>(() => LogDensity<Normal>.Of(x, x)).Message,
            StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => LogDensity<Normal>.Of(x, x, bad));
        Assert.Contains(
            "do not go together",
            Assert.Throws<ArgumentException>(
                () => LogDensity<Normal>.Of(tape.Constant(new(2, 1), [1, 2]), tape.Constant(new(3, 1), [1, 2, 3]), x)).Message,
            StringComparison.Ordinal);
    }
}
