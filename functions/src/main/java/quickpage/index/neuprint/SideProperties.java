package quickpage.index.neuprint;

import quickpage.index.model.DatasetVersion;

/**
 * Which side properties any neuron of the dataset has, neurons without a type included; an empty
 * string counts as absent.
 */
public record SideProperties(
    DatasetVersion version, boolean rootSide, boolean somaSide, boolean side) {}
