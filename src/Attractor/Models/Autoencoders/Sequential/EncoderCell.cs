namespace Attractor.Models;

/// <summary>The recurrence that reads the data.</summary>
public enum EncoderCell
{
    /// <summary>A gated recurrent unit (Cho et al., EMNLP 2014).</summary>
    Gru,

    /// <summary>h_t = A h_{t-1} + W relu(h_{t-1}) + h + C x_t.</summary>
    Plrnn,

    /// <summary>h_t = A h_{t-1} + W1 relu(W2 h_{t-1} + h2) + h1 + C x_t.</summary>
    ShallowPlrnn,

    /// <summary>The same with clipped units: bounded for bounded data.</summary>
    ClippedShallowPlrnn,
}
