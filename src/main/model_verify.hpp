#pragma once

#include "nlp/artefact.hpp"

#include <string>
#include <vector>

namespace personalify {

/// The files of a model that are not as model.json says, each with what is wrong.
std::vector<std::string> faults_of_model(const nlp::Artefact& artefact);

} // namespace personalify
