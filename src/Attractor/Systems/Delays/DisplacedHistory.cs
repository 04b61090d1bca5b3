using Attractor.Numerics;

namespace Attractor.Systems;

/// <summary>
/// A history times 1 + a random trigonometric polynomial, one for each variable. It is smooth, so that it costs the integration no
/// order, and a function rather than a number, so that a displacement can be in every direction of the state.
/// </summary>
internal sealed class DisplacedHistory
{
    private const int Modes = 3;
    private const double Amplitude = 0.05;

    private readonly Action<double, Span<double>> _history;
    private readonly double _frequency;

    // Of each variable and each mode, the amplitudes of the cosine and of the sine.
    private readonly double[] _amplitudes;

    public DisplacedHistory(Action<double, Span<double>> history, int dimension, double delay, ulong seed)
    {
        _history = history;
        _frequency = 2 * Math.PI / delay;
        RandomStream random = new(seed, "initial condition");
        _amplitudes = new double[2 * Modes * dimension];
        for (int i = 0; i < _amplitudes.Length; i++)
            _amplitudes[i] = random.NextUniform(-Amplitude, Amplitude);
    }

    public void Write(double time, Span<double> state)
    {
        _history(time, state);
        for (int i = 0; i < state.Length; i++)
        {
            double factor = 1;
            for (int mode = 0; mode < Modes; mode++)
            {
                (double sine, double cosine) = Math.SinCos((mode + 1) * _frequency * time);
                int at = 2 * ((i * Modes) + mode);
                factor += (_amplitudes[at] * cosine) + (_amplitudes[at + 1] * sine);
            }
            state[i] *= factor;
        }
    }
}
