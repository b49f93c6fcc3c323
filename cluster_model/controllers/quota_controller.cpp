#include "cluster_model/controllers/quota_controller.hpp"

#include "cluster_model/apiserver/admission.hpp"

namespace muster {

QuotaController::QuotaController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "quota", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void QuotaController::watch(const Change& change) {
  const ObjectKey key = change.after->key();
  if (key.kind == Kind::ResourceQuota) return queue_.add(key);
  const std::vector<ObjectPtr> quotas = context_.store.list(Kind::ResourceQuota, key.namespace_);
  if (quotas.empty() || key.namespace_.empty()) return;
  const QuotaAmounts before = change.before ? quota_charge(*change.before) : QuotaAmounts{};
  const QuotaAmounts after =
      change.type == Change::Type::deleted ? QuotaAmounts{} : quota_charge(*change.after);
  if (before == after && change.type == Change::Type::modified) return;
  for (const ObjectPtr& quota : quotas) queue_.add(quota->key());
}

void QuotaController::resync() {
  for (const ObjectPtr& quota : context_.store.list(Kind::ResourceQuota)) queue_.add(quota->key());
}

void QuotaController::reconcile(const ObjectKey& key) {
  const ObjectPtr quota = context_.store.find(key);
  if (!quota || quota->meta.deletion_at) return;
  Object next = *quota;
  auto& body = next.as<ResourceQuota>();
  body.status = {body.hard, quota_usage(context_.store, key.namespace_, body.hard)};
  if (body.status != quota->as<ResourceQuota>().status) context_.api.write(std::move(next), false);
}

}  // namespace muster
