namespace Attractor.Models;

/// <summary>One observed variable among those of a network.</summary>
/// <param name="Model">How it is observed.</param>
/// <param name="Modality">Which modality it is of, from 0.</param>
/// <param name="Index">Its place within the modality.</param>
/// <param name="Place">Its place among all, modality by modality.</param>
/// <param name="Output">The first of its outputs of the decoder.</param>
/// <param name="Feature">The first of its features of the encoder.</param>
internal readonly record struct ObservedColumn(
    ObservationModel Model, int Modality, int Index, int Place, int Output, int Feature);
